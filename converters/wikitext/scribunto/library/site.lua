-- mw.site
return function(host)
	local site = host.site()
	return site
end
