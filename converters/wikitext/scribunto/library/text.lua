-- mw.text
return function(host, mw)
	local text = {}

	function text.trim(s, set)
		set = set or '\t\r\n\f '
		local pattern = '^[' .. set .. ']*(.-)[' .. set .. ']*$'
		return (mw.ustring.match(s, pattern))
	end

	function text.gsplit(s, pattern, plain)
		local position, length = 1, mw.ustring.len(s)
		return function()
			if not position then
				return nil
			end
			local from, to = mw.ustring.find(s, pattern, position, plain)
			local piece
			if not from then
				piece = mw.ustring.sub(s, position)
				position = nil
			elseif to < from then
				piece = mw.ustring.sub(s, position, from)
				position = from < length and from + 1 or nil
			else
				piece = mw.ustring.sub(s, position, from - 1)
				position = to + 1
			end
			return piece
		end
	end

	function text.split(s, pattern, plain)
		local result = {}
		for piece in text.gsplit(s, pattern, plain) do
			result[#result + 1] = piece
		end
		return result
	end

	local function words(key) return mw.message.new(key):plain() end

	function text.listToText(list, separator, conjunction)
		local count = #list
		separator = separator or words('comma-separator')
		conjunction = conjunction or words('and') .. words('word-separator')
		if count < 2 then
			return tostring(list[1] or '')
		end
		return table.concat(list, separator, 1, count - 1) .. conjunction .. tostring(list[count])
	end

	function text.truncate(s, length, ellipsis, is_whole)
		ellipsis = ellipsis or '...'
		local room = math.abs(length) - (is_whole and mw.ustring.len(ellipsis) or 0)
		local short = ellipsis
		if room > 0 and length > 0 then
			short = mw.ustring.sub(s, 1, room) .. ellipsis
		elseif room > 0 then
			short = ellipsis .. mw.ustring.sub(s, -room)
		end
		-- What gets no shorter stays whole.
		return mw.ustring.len(short) < mw.ustring.len(s) and short or s
	end

	function text.tag(name, attributes, content)
		if type(name) == 'table' then
			name, attributes, content = name.name, name.attrs, name.content
		end
		local opening = '<' .. name
		for key, value in pairs(attributes or {}) do
			if value == true then
				opening = opening .. ' ' .. key
			elseif value then
				opening = opening .. ' ' .. key .. '="' .. text.encode(tostring(value)) .. '"'
			end
		end
		if content == false then
			return opening .. ' />'
		end
		return content == nil and opening .. '>' or opening .. '>' .. tostring(content) .. '</' .. name .. '>'
	end

	text.encode = host.encode
	text.decode = host.decode
	text.nowiki = host.nowiki
	text.jsonDecode = host.json_decode
	text.jsonEncode = host.json_encode
	text.unstrip = host.unstrip
	text.unstripNoWiki = host.unstrip
	text.killMarkers = host.kill_markers
	return text
end
