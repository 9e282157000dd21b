-- Patterns (https://www.lua.org/manual/5.1/manual.html#5.4.1) that may take for ever. Nobody can interrupt Lua's own C
-- code, so what could cost it much is matched here, in Lua, where the limit of time is heard.
local string, byte, char, sub = string, string.byte, string.char, string.sub
local find, match, gmatch, gsub, rep = string.find, string.match, string.gmatch, string.gsub, string.rep
local error, type, tostring, unpack, select = error, type, tostring, unpack, select
local concat = table.concat

-- Steps that C code takes in a fraction of a second.
local BUDGET = 2e7
-- C code goes one call deeper for each item of a pattern.
local LONGEST = 1000
-- Bytes compared in a second, for texts that are searched as they are.
local COMPARED = 1e9
local OPEN, PLACE = false, true -- what stands for the end of a capture

local function class_end(p, at)
	local first = sub(p, at, at)
	if first == '%' then
		if at == #p then
			error("malformed pattern (ends with '%')", 0)
		end
		return at + 2
	elseif first ~= '[' then
		return at + 1
	end
	at = sub(p, at + 1, at + 1) == '^' and at + 2 or at + 1
	repeat
		if at > #p then
			error("malformed pattern (missing ']')", 0)
		end
		at = sub(p, at, at) == '%' and at + 2 or at + 1
	until sub(p, at, at) == ']'
	return at + 1
end

local function as_class(item)
	return find(item, '^%p$') and item ~= '.' and '%' .. item or item
end

-- Which bytes belong to a class.
local sets = setmetatable({}, { __mode = 'k', __index = function(known, item)
	local set, class = {}, '^' .. as_class(item) .. '$'
	for code = 0, 255 do
		set[code] = find(char(code), class) ~= nil
	end
	known[item] = set
	return set
end })

local function longest_run(s, item)
	if item == '.' then
		return #s
	end
	local longest = 0
	for from, to in gmatch(s, '()' .. as_class(item) .. '+()') do
		if to - from > longest then
			longest = to - from
		end
	end
	return longest
end

-- At how many places C code may look, at worst.
local function cost(s, p)
	local anchored = sub(p, 1, 1) == '^'
	local steps, at = anchored and 1 or #s + 1, anchored and 2 or 1
	while at <= #p and steps <= BUDGET do
		local two = sub(p, at, at + 1)
		if two == '%b' or find(two, '^%%%d') then
			steps, at = steps * (#s + 1), at + (two == '%b' and 4 or 2)
		elseif find(two, '^[()]') then
			at = at + 1
		else
			if two == '%f' then
				at = at + 2
			end
			local after = class_end(p, at)
			local sign = sub(p, after, after)
			if sign == '?' then
				steps = steps * 2
			elseif sign ~= '' and find('*+-', sign, 1, true) then
				steps = steps * (longest_run(s, sub(p, at, after - 1)) + 1)
			end
			at = after
		end
	end
	return steps
end

local function is_dear(s, p)
	if #p > LONGEST then
		return true
	end
	local _, signs = gsub(p, '[*+%-?]', '')
	local _, others = gsub(p, '%%[b%d]', '')
	return (#s + 2) ^ (signs + others + 1) > BUDGET and cost(s, p) > BUDGET
end

local matched

local function captured(caps, s, number, from, to)
	if number > #caps then
		if number > 1 then
			error('invalid capture index', 0)
		end
		return sub(s, from, to - 1)
	end
	local cap = caps[number]
	if cap.to == OPEN then
		error('unfinished capture', 0)
	end
	return cap.to == PLACE and cap.from or sub(s, cap.from, cap.to - 1)
end

local function all_captured(caps, s, from, to)
	local values = {}
	for number = 1, from and #caps == 0 and 1 or #caps do
		values[number] = captured(caps, s, number, from, to)
	end
	return unpack(values)
end

local function open_capture(s, place, p, at, caps)
	local is_place = sub(p, at + 1, at + 1) == ')'
	caps[#caps + 1] = { from = place, to = is_place and PLACE or OPEN }
	local count = #caps
	local to = matched(s, place, p, at + (is_place and 2 or 1), caps)
	if not to then
		for number = #caps, count, -1 do
			caps[number] = nil
		end
	end
	return to
end

local function close_capture(s, place, p, at, caps)
	for number = #caps, 1, -1 do
		local cap = caps[number]
		if cap.to == OPEN then
			cap.to = place
			local to = matched(s, place, p, at + 1, caps)
			if not to then
				cap.to = OPEN
			end
			return to
		end
	end
	error('invalid pattern capture', 0)
end

local function balanced(s, place, p, at)
	local opening, closing = byte(p, at + 2, at + 3)
	if not closing then
		error('unbalanced pattern', 0)
	end
	if byte(s, place) ~= opening then
		return nil
	end
	local depth = 1
	for here = place + 1, #s do
		local code = byte(s, here)
		if code == closing then
			depth = depth - 1
			if depth == 0 then
				return here + 1
			end
		elseif code == opening then
			depth = depth + 1
		end
	end
	return nil
end

local function longest_first(s, place, p, item, rest, least, caps)
	local set, to = sets[item], place
	while to <= #s and set[byte(s, to)] do
		to = to + 1
	end
	for here = to, place + least, -1 do
		local found = matched(s, here, p, rest, caps)
		if found then
			return found
		end
	end
	return nil
end

local function shortest_first(s, place, p, item, rest, caps)
	local set = sets[item]
	while true do
		local found = matched(s, place, p, rest, caps)
		if found or place > #s or not set[byte(s, place)] then
			return found
		end
		place = place + 1
	end
end

-- Where an item without captures ends, `false` when it does not match, `nil` for other items; and the rest's place.
local function special(s, place, p, at, caps)
	local two = sub(p, at, at + 1)
	if two == '%b' then
		return balanced(s, place, p, at) or false, at + 4
	elseif two == '%f' then
		if sub(p, at + 2, at + 2) ~= '[' then
			error("missing '[' after '%f' in pattern", 0)
		end
		local after = class_end(p, at + 2)
		local set = sets[sub(p, at + 2, after - 1)]
		return not set[byte(s, place - 1) or 0] and set[byte(s, place) or 0] and place, after
	elseif find(two, '^%%%d') then
		local number = byte(two, 2) - 48
		if not caps[number] or caps[number].to == OPEN then
			error('invalid capture index', 0)
		end
		local word = captured(caps, s, number)
		return sub(s, place, place + #word - 1) == word and place + #word, at + 2
	end
	return nil
end

-- Where a match ends (the place after it) that begins at a place.
function matched(s, place, p, at, caps)
	while at <= #p do
		local first = sub(p, at, at)
		if first == '(' then
			return open_capture(s, place, p, at, caps)
		elseif first == ')' then
			return close_capture(s, place, p, at, caps)
		elseif first == '$' and at == #p then
			return place == #s + 1 and place or nil
		end
		local to, rest = special(s, place, p, at, caps)
		if to == nil then
			rest = class_end(p, at)
			local item, sign = sub(p, at, rest - 1), sub(p, rest, rest)
			local fits = place <= #s and sets[item][byte(s, place)]
			if sign == '*' or sign == '+' then
				return longest_first(s, place, p, item, rest + 1, sign == '+' and 1 or 0, caps)
			elseif sign == '-' then
				return shortest_first(s, place, p, item, rest + 1, caps)
			elseif sign == '?' then
				local found = fits and matched(s, place + 1, p, rest + 1, caps)
				if found then
					return found
				end
				to, rest = place, rest + 1
			else
				to = fits and place + 1
			end
		end
		if not to then
			return nil
		end
		place, at = to, rest
	end
	return place
end

-- From and to of the first match, the place after it, and its captures.
local function search(s, p, place, is_literal)
	local anchored = not is_literal and sub(p, 1, 1) == '^'
	repeat
		local caps = {}
		local to = matched(s, place, p, anchored and 2 or 1, caps)
		if to then
			return place, to, caps
		end
		place = place + 1
	until place > #s + 1 or anchored
	return nil
end

local function start(s, init)
	init = init or 1
	init = init < 0 and #s + init + 1 or init
	return init < 1 and 1 or init
end

local function replaced(how, whole, s, from, to, caps)
	local value
	if type(how) == 'string' then
		value = gsub(how, '%%(.)', function(sign)
			if sign == '0' then
				return whole
			end
			return find(sign, '%d') and tostring(captured(caps, s, byte(sign) - 48, from, to)) or sign
		end)
	elseif type(how) == 'table' then
		value = how[captured(caps, s, 1, from, to)]
	else
		value = how(all_captured(caps, s, from, to))
	end
	if not value then
		return whole
	elseif type(value) ~= 'string' and type(value) ~= 'number' then
		error('invalid replacement value (a ' .. type(value) .. ')', 0)
	end
	return value
end

local function texts(s, p)
	return type(s) == 'number' and tostring(s) or s, type(p) == 'number' and tostring(p) or p
end

local function is_slow(s, p)
	return type(s) == 'string' and type(p) == 'string' and is_dear(s, p)
end

function string.find(s, p, init, plain)
	s, p = texts(s, p)
	if type(s) == 'string' and type(p) == 'string' and (plain or not find(p, '[%^%$%*%+%?%.%(%[%%%-]')) then
		if #s * #p > COMPARED then
			error('pattern too complex', 2)
		end
	elseif is_slow(s, p) then
		local from, to, caps = search(s, p, start(s, init))
		if from then
			return from, to - 1, all_captured(caps, s)
		end
		return nil
	end
	return find(s, p, init, plain)
end

function string.match(s, p, init)
	s, p = texts(s, p)
	if not is_slow(s, p) then
		return match(s, p, init)
	end
	local from, to, caps = search(s, p, start(s, init))
	if from then
		return all_captured(caps, s, from, to)
	end
	return nil
end

function string.gmatch(s, p)
	s, p = texts(s, p)
	if not is_slow(s, p) then
		return gmatch(s, p)
	end
	local place = 1
	return function()
		local from, to, caps = search(s, p, place, true)
		if not from then
			place = #s + 2
			return nil
		end
		place = to > from and to or to + 1
		return all_captured(caps, s, from, to)
	end
end

function string.gsub(s, p, how, most)
	s, p = texts(s, p)
	how = type(how) == 'number' and tostring(how) or how
	if not is_slow(s, p) or not (type(how) == 'string' or type(how) == 'table' or type(how) == 'function') then
		return gsub(s, p, how, most)
	end
	local pieces, place, count, anchored = {}, 1, 0, sub(p, 1, 1) == '^'
	while count < (most or #s + 1) do
		local from, to, caps = search(s, p, place)
		if not from then
			break
		end
		count = count + 1
		pieces[#pieces + 1] = sub(s, place, from - 1)
		pieces[#pieces + 1] = replaced(how, sub(s, from, to - 1), s, from, to, caps)
		if to == from then
			pieces[#pieces + 1] = sub(s, to, to)
			to = to + 1
		end
		place = to
		if place > #s + 1 or anchored then
			break
		end
	end
	pieces[#pieces + 1] = sub(s, place)
	return concat(pieces), count
end

-- Of nothing, C code makes nothing two thousand million times.
function string.rep(s, count)
	return s == '' and '' or rep(s, count)
end
