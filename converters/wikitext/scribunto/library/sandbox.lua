-- What modules may use of Lua itself, within limits, and how they are loaded. Gives run(module, function, frame, parent).
local host, seconds, libraries = ...

local clock, sethook, load, env_of = os.clock, debug.sethook, loadstring, setfenv
local plain_error, plain_pcall, plain_xpcall, plain_getmetatable = error, pcall, xpcall, getmetatable
local unpack, select, type, pairs, tostring = unpack, select, type, pairs, tostring
local deadline, is_over = 0, false
local MANY, FEW, SLOW = 400, 10, 0.01
local OVER = 'The time allocated for running scripts has expired.'

-- A module that catches its own errors must not catch this one.
local function passed(ok, ...)
	if is_over then
		plain_error(OVER, 0)
	end
	return ok, ...
end

local function safe_pcall(...)
	return passed(plain_pcall(...))
end

local function safe_xpcall(f, handler)
	return passed(plain_xpcall(f, handler))
end

local instructions, last = 0, 0
local watch

local function watch_each(count)
	if count ~= instructions then
		instructions = count
		sethook(watch, '', count)
	end
end

-- Instructions on long texts take milliseconds each: then more often.
function watch()
	local now = clock()
	if now > deadline then
		is_over = true
		plain_error(OVER, 0)
	end
	watch_each(now - last > SLOW and FEW or MANY)
	last = now
end

-- What Python does for a module takes its time too.
local function watched(answer)
	return type(answer) ~= 'function' and type(answer) ~= 'userdata' and answer or function(...)
		watch()
		return answer(...)
	end
end

for name, answer in pairs(host) do
	host[name] = watched(answer)
end

local function copy(value, seen)
	if type(value) ~= 'table' then
		return value
	end
	seen = seen or {}
	if seen[value] then
		return seen[value]
	end
	local result = {}
	seen[value] = result
	for key, inner in pairs(value) do
		result[copy(key, seen)] = copy(inner, seen)
	end
	return setmetatable(result, plain_getmetatable(value))
end

-- Tables of the library may say themselves how they are gone through, as in Lua 5.2.
local function safe_pairs(t)
	local meta = plain_getmetatable(t)
	if type(meta) == 'table' and meta.__pairs then
		return meta.__pairs(t)
	end
	return pairs(t)
end

local function safe_getmetatable(value)
	return type(value) == 'table' and plain_getmetatable(value) or nil
end

local function without(names, t)
	local result = copy(t)
	for _, name in ipairs(names) do
		result[name] = nil
	end
	return result
end

local function no_time(format, moment)
	return os.date('!' .. (format or '%c'):gsub('^!', ''), moment or host.now())
end

local function environment()
	local env = {
		assert = assert, error = error, getmetatable = safe_getmetatable, ipairs = ipairs, next = next,
		pairs = safe_pairs, pcall = safe_pcall, rawequal = rawequal, rawget = rawget, rawset = rawset,
		select = select, setmetatable = setmetatable, tonumber = tonumber, tostring = tostring, type = type,
		unpack = unpack, xpcall = safe_xpcall, _VERSION = _VERSION,
		math = copy(math), table = copy(table), string = without({ 'dump' }, string),
		os = { clock = clock, difftime = os.difftime, date = no_time,
			time = function(t) return t and os.time(t) or host.now() end },
		package = { loaded = {} },
	}
	env._G = env
	return env
end

local function run(name, wanted, frame, parent)
	local env = environment()
	local loaded, data = env.package.loaded, {}
	local mw = libraries(host, env, copy)
	env.mw = mw

	local function source_of(module)
		local source = host.module(module)
		if source == nil then
			plain_error("module '" .. tostring(module) .. "' not found", 3)
		end
		local chunk, trouble = load(source, '=' .. module)
		if not chunk then
			plain_error(trouble, 0)
		end
		return chunk
	end

	function env.require(module)
		if loaded[module] == nil then
			local own = mw.libraries[module]
			loaded[module] = own or env_of(source_of(module), env)() or true
		end
		return loaded[module]
	end

	function mw.loadData(module)
		if data[module] == nil then
			data[module] = env_of(source_of(module), environment())()
		end
		return data[module]
	end

	mw.setFrames(frame, parent)
	local exported = env.require(name)
	local called = type(exported) == 'table' and exported[wanted]
	if type(called) ~= 'function' then
		return nil
	end
	local results = { called(mw.getCurrentFrame()) }
	for number, result in ipairs(results) do
		results[number] = tostring(result)
	end
	return table.concat(results)
end

-- Each page has so many seconds for all its calls.
deadline = clock() + seconds
watch_each(MANY)
plain_getmetatable('').__index = without({ 'dump' }, string)

return function(...)
	if is_over then
		plain_error(OVER, 0)
	end
	return run(...)
end
