-- libraryUtil: complaints about arguments
return function()
	local util = {}

	local function wrong(name, number, value, wanted)
		error(("bad argument #%d to '%s' (%s expected, got %s)"):format(number, name, wanted, type(value)), 3)
	end

	function util.checkType(name, number, value, wanted, nil_ok)
		if type(value) ~= wanted and not (value == nil and nil_ok) then
			wrong(name, number, value, wanted)
		end
	end

	function util.checkTypeMulti(name, number, value, wanted)
		for _, kind in ipairs(wanted) do
			if type(value) == kind then
				return
			end
		end
		wrong(name, number, value, table.concat(wanted, ' or '))
	end

	function util.checkTypeForNamedArg(name, key, value, wanted, nil_ok)
		if type(value) ~= wanted and not (value == nil and nil_ok) then
			error(("bad named argument %s to '%s' (%s expected, got %s)"):format(key, name, wanted, type(value)), 3)
		end
	end

	util.checkTypeForIndex = function() end
	util.makeCheckSelfFunction = function() return function() end end
	return util
end
