-- mw.uri
return function(host, mw)
	local uri = {}

	local function query_of(query)
		if type(query) ~= 'table' then
			return query
		end
		local pairs_of = {}
		for key, value in pairs(query) do
			pairs_of[#pairs_of + 1] = uri.encode(tostring(key)) .. '=' .. uri.encode(tostring(value))
		end
		return table.concat(pairs_of, '&')
	end

	local function call(name, ...)
		return mw.getCurrentFrame():callParserFunction(name, { ... })
	end

	function uri.encode(text, kind) return call('urlencode', text, kind or 'QUERY') end
	function uri.decode(text) return host.url_decode(text) end
	function uri.anchorEncode(text) return call('anchorencode', text) end
	function uri.localUrl(page, query) return call('localurl', page, query_of(query)) end
	function uri.fullUrl(page, query) return call('fullurl', page, query_of(query)) end
	function uri.canonicalUrl(page, query) return call('canonicalurl', page, query_of(query)) end
	return uri
end
