-- mw.title, mw.uri, mw.site
return function(host, mw)
	local title = {}
	local Title = {}

	Title.__index = function(self, key)
		local method = Title[key]
		if method then
			return method
		end
		if key == 'exists' then
			return host.exists(self.prefixedText)
		end
		local child = title.relatives[key]
		return child and title.new(host.relative(self.prefixedText, child))
	end
	Title.__eq = function(a, b) return a.prefixedText == b.prefixedText end
	Title.__lt = function(a, b) return a.prefixedText < b.prefixedText end
	Title.__tostring = function(self) return self.prefixedText end
	Title.__concat = function(a, b) return tostring(a) .. tostring(b) end
	title.relatives = { talkPageTitle = 'talk', subjectPageTitle = 'subject', basePageTitle = 'base', rootPageTitle = 'root' }

	local function wrap(fields)
		return fields and setmetatable(fields, Title)
	end

	function title.new(text, namespace)
		if type(text) == 'number' or text == nil then
			return nil
		end
		return wrap(host.title(tostring(text), namespace))
	end

	function title.makeTitle(namespace, text, fragment)
		return wrap(host.make_title(namespace, tostring(text), fragment))
	end

	function title.getCurrentTitle()
		return title.new(host.current_title())
	end

	function title.equals(a, b) return a == b end
	function title.compare(a, b) return a == b and 0 or a < b and -1 or 1 end

	function Title:getContent() return host.content(self.prefixedText) end
	function Title:subPageTitle(name) return title.makeTitle(self.namespace, self.text .. '/' .. name) end
	function Title:isSubpageOf(other)
		return self.namespace == other.namespace and self.text:sub(1, #other.text + 1) == other.text .. '/'
	end
	function Title:inNamespace(wanted) return self.namespace == host.namespace(wanted) end
	function Title:inNamespaces(...)
		for number = 1, select('#', ...) do
			if self:inNamespace((select(number, ...))) then
				return true
			end
		end
		return false
	end
	function Title:hasSubjectNamespace(wanted) return self.namespace - self.namespace % 2 == host.namespace(wanted) end
	function Title:partialUrl() return host.encode_title(self.text) end
	function Title:localUrl(query) return mw.uri.localUrl(self.prefixedText, query) end
	function Title:fullUrl(query) return mw.uri.fullUrl(self.prefixedText, query) end
	function Title:canonicalUrl(query) return mw.uri.fullUrl(self.prefixedText, query) end

	return title
end
