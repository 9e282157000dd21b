local p = {}

function p.salut(frame)
	return 'Bonjour ' .. (frame.args[1] or '?') .. '|' .. tostring(frame.args.nom) .. '|' .. tostring(frame.args[2])
end

function p.parent(frame)
	local names = {}
	for name, value in pairs(frame:getParent().args) do
		names[#names + 1] = name .. '=' .. value
	end
	table.sort(names)
	return frame.args[1] .. ': ' .. table.concat(names, ', ') .. ' ' .. frame:getParent():getTitle()
end

function p.elements()
	local root = mw.html.create('div'):addClass('a'):addClass('b'):css('color', 'red'):attr('id', 'x&y')
	root:tag('b'):wikitext("un ''deux''"):done():tag('br'):done():newline():wikitext('* trois')
	return tostring(root)
end

function p.titles()
	local title = mw.title.new('jardin/bac#haut')
	local page = mw.title.getCurrentTitle()
	return table.concat({ title.prefixedText, title.rootText, title.subpageText, title.fragment, title.fullText,
		tostring(title.exists), tostring(mw.title.new('Jardin').exists), page.prefixedText, page.namespace,
		mw.title.makeTitle('Modèle', 'x').prefixedText, mw.title.new('Modèle:x').talkPageTitle.prefixedText,
		tostring(mw.title.new('<')), title:localUrl(), mw.title.new('Jardin', 10).prefixedText }, ' · ')
end

function p.letters()
	local u = mw.ustring
	local swapped, count = u.gsub('été là', '(%a)(%a*)', '%2%1')
	local words = {}
	for word in u.gmatch('un, déux; trois', '%a+') do
		words[#words + 1] = u.upper(word)
	end
	return table.concat({ swapped, count, u.len('été'), u.sub('été', 2, -1), u.sub('abc', -2), tostring(u.find('éàx', 'x')),
		u.match('clé = valeur', '^(%w+)%s*=%s*(%w+)$'), u.char(233, 8364), u.codepoint('é'), table.concat(words, '+'),
		(u.gsub('abc', '%w', { a = '1' })), u.match('f(a(b)c)', '%b()'), u.match('THE (quick) fox', '%f[%a]%a+', 5),
		(u.gsub('abc', '', '-')), u.match('  x ', '^%s*(.-)%s*$'), u.match('2010-05-03', '(%d+)-(%d+)') }, ' · ')
end

function p.texts()
	local t = mw.text
	return table.concat({ '[' .. t.trim('  a b ') .. ']', table.concat(t.split('a, b,,c', ',%s*'), '/'),
		t.nowiki('[[a]] {{b}}'), t.encode('<a & "b">'), t.decode('&lt;&eacute;&gt;'), t.listToText({ 'a', 'b', 'c' }),
		t.truncate('abcdefgh', 3), t.truncate('abcdef', 3), t.truncate('abcdefgh', -2, '+', true), t.tag('i', { class = 'x' }, 'y'), t.jsonEncode({ 1, 2 }), t.jsonDecode('{"a": [1, 2]}').a[2] }, ' · ')
end

function p.calls(frame)
	return table.concat({ frame:expandTemplate{ title = 'Bonjour', args = { 'toi' } }, frame:preprocess('{{Bonjour|lui}} {{{1}}}'),
		frame:callParserFunction('uc', 'abc'), frame:callParserFunction{ name = '#if', args = { '', 'a', 'b' } },
		frame:callParserFunction('#tag', 'nowiki', "''x''"), frame:extensionTag('nowiki', "''y''"), frame:getTitle() }, ' · ')
end

function p.language()
	local l = mw.getContentLanguage()
	return table.concat({ l:formatNum(1234567.5), l:formatDate('j F Y', '2010-05-03'), l:ucfirst('élan'), l:getCode(),
		l:uc('é'), tostring(l:isRTL()), l:plural(2, 'un', 'deux') }, ' · ')
end

function p.fault()
	error('boum')
end

function p.caught()
	local ok, trouble = pcall(p.fault)
	return tostring(ok) .. ' ' .. trouble
end

function p.messages()
	local m = mw.message
	return table.concat({ m.new('toc'):plain(), tostring(m.new('january-gen')), m.new('parentheses', 'x'):plain(),
		m.new('mainpage'):inLanguage('de'):plain(), m.newRawMessage('$2 de $1', 'a', 'b'):plain(), m.new('absent'):plain(),
		tostring(m.new('absent'):exists()), m.newFallbackSequence('absent', 'toc'):plain(),
		m.newRawMessage('$1 $2'):rawParams('<b>'):numParams(12345):plain() }, ' · ')
end

function p.site()
	return mw.site.siteName .. ' · ' .. mw.site.namespaces[10].name
end

return p
