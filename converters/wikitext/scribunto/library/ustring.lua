-- mw.ustring: strings by characters
return function(host)
	local ustring = { maxPatternLength = math.huge, maxStringLength = math.huge }
	for _, name in ipairs({ 'upper', 'lower', 'sub', 'codepoint', 'char', 'find', 'match', 'toNFC', 'toNFD', 'isutf8' }) do
		ustring[name] = host['ustring_' .. name]
	end
	ustring.len = host.ustring_len
	ustring.format, ustring.rep, ustring.byte = string.format, string.rep, string.byte
	ustring.toNFKC, ustring.toNFKD = ustring.toNFC, ustring.toNFD

	function ustring.gmatch(text, pattern)
		local position = 1
		return function()
			if not position then
				return nil
			end
			local found = { host.ustring_next(text, pattern, position) }
			position = found[1]
			if not position then
				return nil
			end
			return unpack(found, 2)
		end
	end

	function ustring.gsub(text, pattern, replacement, count)
		local kind = type(replacement)
		local pieces, done, position, limit = {}, 0, 1, count or math.huge
		local last = 1
		while done < limit do
			local found = { host.ustring_span(text, pattern, position) }
			local from, to = found[1], found[2]
			if not from then
				break
			end
			local whole = ustring.sub(text, from, to)
			local captures = { unpack(found, 3) }
			local first = captures[1] == nil and whole or captures[1]
			local value
			if kind == 'function' then
				value = replacement(unpack(captures[1] == nil and { whole } or captures))
			elseif kind == 'table' then
				value = replacement[first]
			else
				value = tostring(replacement):gsub('%%(.)', function(sign)
					if sign == '0' then
						return whole
					end
					local number = tonumber(sign)
					return number and tostring(number == 1 and first or captures[number] or '') or sign
				end)
			end
			local made = type(value)
			if made ~= 'nil' and made ~= 'string' and made ~= 'number' then
				error('invalid replacement value (a ' .. made .. ')', 2)
			end
			pieces[#pieces + 1] = ustring.sub(text, last, from - 1)
			pieces[#pieces + 1] = value and tostring(value) or whole
			done = done + 1
			last = to + 1
			position = to < from and from + 1 or to + 1
			if to < from then
				pieces[#pieces + 1] = ustring.sub(text, from, from)
				last = from + 1
			end
			if position > ustring.len(text) + 1 or pattern:sub(1, 1) == '^' then
				break
			end
		end
		pieces[#pieces + 1] = ustring.sub(text, last)
		return table.concat(pieces), done
	end

	function ustring.gcodepoint(text)
		local position, length = 0, ustring.len(text)
		return function()
			position = position + 1
			if position <= length then
				return ustring.codepoint(text, position)
			end
		end
	end

	return ustring
end
