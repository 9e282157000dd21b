-- The table mw of one call: frames, and the libraries that are files of their own.
local files = ...

return function(host, env, copy)
	local mw = { libraries = {} }
	local frames, current = {}, nil

	local function text_of(value)
		return type(value) == 'table' and value.text or value
	end

	local function strings(args)
		local result = {}
		for key, value in pairs(args or {}) do
			result[key] = type(value) == 'boolean' and (value and '1' or '') or tostring(value)
		end
		return result
	end

	local Frame = {}
	Frame.__index = Frame

	function Frame:getParent()
		return self.parent
	end

	function Frame:getTitle()
		return host.frame_title(self.id)
	end

	function Frame:preprocess(text)
		return host.preprocess(self.id, tostring(text_of(text)))
	end

	function Frame:expandTemplate(call)
		return host.expand_template(self.id, tostring(call.title), strings(call.args))
	end

	function Frame:callParserFunction(name, args, ...)
		if type(name) == 'table' then
			name, args = name.name, name.args
		end
		if type(args) ~= 'table' then
			args = { args, ... }
		end
		local list = {}
		for number, value in ipairs(args) do
			list[number] = tostring(value)
		end
		for key, value in pairs(args) do
			if type(key) ~= 'number' or key > #list or key < 1 then
				list[#list + 1] = tostring(key) .. '=' .. tostring(value)
			end
		end
		return host.call_function(self.id, tostring(name), list)
	end

	function Frame:extensionTag(name, content, args)
		if type(name) == 'table' then
			name, content, args = name.name, name.content, name.args
		end
		return host.extension_tag(self.id, tostring(name), tostring(content or ''), type(args) == 'table' and strings(args) or {})
	end

	function Frame:newChild(call)
		local child = setmetatable({ id = host.child(self.id, call.title, strings(call.args)), parent = self }, Frame)
		child.args = strings(call.args)
		return child
	end

	function Frame:getArgument(name)
		local value = self.args[type(name) == 'table' and name.name or name]
		return value and { expand = function() return value end }
	end

	function Frame:newParserValue(text)
		return { expand = function() return self:preprocess(text) end }
	end

	function Frame:newTemplateParserValue(call)
		return { expand = function() return self:expandTemplate(call) end }
	end

	function Frame:argumentPairs()
		return pairs(self.args)
	end

	local function frame(id, parent)
		return setmetatable({ id = id, args = host.arguments(id), parent = parent }, Frame)
	end

	function mw.setFrames(id, parent)
		current = frame(id, parent and frame(parent))
	end

	function mw.getCurrentFrame()
		return current
	end

	function mw.clone(value)
		return copy(value)
	end

	function mw.allToString(...)
		local words = { ... }
		for number = 1, select('#', ...) do
			words[number] = tostring(words[number])
		end
		return table.concat(words, '\t')
	end

	function mw.isSubsting() return false end
	function mw.addWarning() end
	function mw.log() end
	function mw.logObject() end
	function mw.incrementExpensiveFunctionCount() end
	function mw.dumpObject(value) return tostring(value) end

	function mw.getContentLanguage() return mw.language.getContentLanguage() end
	function mw.getLanguage(code) return mw.language.new(code) end

	for name, library in pairs(files) do
		mw[name] = library(host, mw)
	end
	mw.libraries = {
		ustring = mw.ustring,
		['mw.html'] = mw.html, ['mw.text'] = mw.text, ['mw.title'] = mw.title, ['mw.uri'] = mw.uri,
		bit32 = nil, libraryUtil = mw.util, strict = true,
	}
	return mw
end
