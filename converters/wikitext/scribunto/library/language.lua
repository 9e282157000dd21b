-- mw.language
return function(host, mw)
	local language = {}
	local Language = {}
	Language.__index = Language

	local function call(...)
		return mw.getCurrentFrame():callParserFunction(...)
	end

	function language.new(code)
		return setmetatable({ code = code or host.site().language }, Language)
	end
	function language.getContentLanguage() return language.new() end
	function language.fetchLanguageName(code) return host.language_name(code) end
	function language.isKnownLanguageTag(code) return host.language_name(code) ~= '' end
	language.isSupportedLanguage = language.isKnownLanguageTag
	language.isValidCode = function(code) return not code:find('[^%w-]') end

	function Language:getCode() return self.code end
	function Language:toBcp47Code() return self.code end
	function Language:isRTL() return host.site().rtl end
	function Language:getDir() return host.site().rtl and 'rtl' or 'ltr' end
	function Language:lc(text) return mw.ustring.lower(text) end
	function Language:uc(text) return mw.ustring.upper(text) end
	function Language:lcfirst(text) return mw.ustring.lower(mw.ustring.sub(text, 1, 1)) .. mw.ustring.sub(text, 2) end
	function Language:ucfirst(text) return mw.ustring.upper(mw.ustring.sub(text, 1, 1)) .. mw.ustring.sub(text, 2) end
	function Language:formatNum(number, options)
		if options and options.noCommafy then
			return call('formatnum', { tostring(number), 'NOSEP' })
		end
		return call('formatnum', { tostring(number) })
	end
	function Language:parseFormattedNumber(text) return tonumber(call('formatnum', { text, 'R' })) end
	function Language:formatDate(format, moment, is_local)
		local result = call(is_local and '#timel' or '#time', { format, moment or '', self.code })
		if result:find('class="error"', 1, true) then
			error("bad argument #2 to 'formatDate': invalid timestamp '" .. tostring(moment) .. "'", 2)
		end
		return result
	end
	function Language:plural(number, ...)
		local forms = type((...)) == 'table' and (...) or { ... }
		return call('plural', { tostring(number), unpack(forms) })
	end
	Language.convertPlural = Language.plural
	function Language:caseFold(text) return mw.ustring.lower(text) end

	return language
end
