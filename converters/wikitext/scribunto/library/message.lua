-- mw.message: the wiki's own pages of messages, or MediaWiki's words
return function(host, mw)
	local message = {}
	local Message = {}
	Message.__index = Message

	local function made(keys, raw, ...)
		return setmetatable({ keys = keys, raw = raw, values = {} }, Message):params(...)
	end
	function message.new(key, ...) return made({ key }, nil, ...) end
	function message.newFallbackSequence(...) return made({ ... }) end
	function message.newRawMessage(text, ...) return made({}, text, ...) end
	function message.rawParam(value) return { raw = value } end
	function message.numParam(value) return { num = value } end
	function message.getDefaultLanguage() return mw.getContentLanguage() end

	local function is_value(given) return type(given) ~= 'table' or given.raw ~= nil or given.num ~= nil end

	local function add(self, wrapped, ...)
		local given = { ... }
		if not is_value(given[1]) then given = given[1] end
		for _, value in ipairs(given) do
			self.values[#self.values + 1] = wrapped and is_value(value) and { [wrapped] = value } or value
		end
		return self
	end
	function Message:params(...) return add(self, nil, ...) end
	function Message:rawParams(...) return add(self, 'raw', ...) end
	function Message:numParams(...) return add(self, 'num', ...) end
	function Message:inLanguage(language)
		self.code = type(language) == 'table' and language:getCode() or language
		return self
	end
	function Message:useDatabase() return self end

	local function words(self)
		if self.raw then return self.raw end
		for _, key in ipairs(self.keys) do
			local found = host.message(self.code and key .. '/' .. self.code or key)
			if found then return found end
		end
	end
	local function shown(value)
		if type(value) ~= 'table' then return tostring(value) end
		return value.num and mw.getContentLanguage():formatNum(value.num) or tostring(value.raw)
	end
	function Message:plain()
		local text = words(self)
		if not text then return '⧼' .. mw.text.encode(tostring(self.keys[1])) .. '⧽' end
		return (text:gsub('%$(%d+)', function(place)
			local value = self.values[tonumber(place)]
			return value ~= nil and shown(value) or nil
		end))
	end
	Message.__tostring = Message.plain
	function Message:exists() return words(self) ~= nil end
	function Message:isBlank() return (words(self) or '') == '' end
	function Message:isDisabled() return self:isBlank() or words(self) == '-' end

	return message
end
