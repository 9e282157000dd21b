-- mw.html: elements built piece by piece
return function(host, mw)
	local html = {}
	local Node = {}
	Node.__index = Node
	local VOID = { area = 1, base = 1, br = 1, col = 1, hr = 1, img = 1, input = 1, link = 1, meta = 1, wbr = 1 }

	local function new(name, options, parent)
		local is_void = options and options.selfClosing or VOID[name]
		return setmetatable(
			{ name = name, void = is_void, up = parent, nodes = {}, attributes = {}, styles = {}, classes = {} }, Node)
	end

	function html.create(name, options)
		return new(name ~= '' and name or nil, options)
	end

	function Node:node(value)
		if value ~= nil then
			self.nodes[#self.nodes + 1] = value
		end
		return self
	end

	function Node:wikitext(...)
		for number = 1, select('#', ...) do
			local value = select(number, ...)
			if value == nil then
				break
			end
			self.nodes[#self.nodes + 1] = tostring(value)
		end
		return self
	end

	function Node:newline()
		return self:wikitext('\n')
	end

	function Node:tag(name, options)
		local child = new(name, options, self)
		self:node(child)
		return child
	end

	function Node:attr(name, value)
		if type(name) == 'table' then
			for key, inner in pairs(name) do
				self:attr(key, inner)
			end
			return self
		end
		if name == 'style' then
			self.raw_style = value and tostring(value)
			self.styles = {}
			return self
		end
		for number, pair in ipairs(self.attributes) do
			if pair[1] == name then
				if value == nil then
					table.remove(self.attributes, number)
				else
					pair[2] = tostring(value)
				end
				return self
			end
		end
		if value ~= nil then
			self.attributes[#self.attributes + 1] = { name, tostring(value) }
		end
		return self
	end

	function Node:getAttr(name)
		for _, pair in ipairs(self.attributes) do
			if pair[1] == name then
				return pair[2]
			end
		end
	end

	function Node:addClass(class)
		if class ~= nil then
			self.classes[#self.classes + 1] = tostring(class)
		end
		return self
	end

	function Node:css(name, value)
		if type(name) == 'table' then
			for key, inner in pairs(name) do
				self:css(key, inner)
			end
		elseif value ~= nil then
			self.styles[#self.styles + 1] = name .. ':' .. tostring(value)
		end
		return self
	end

	function Node:cssText(css)
		if css ~= nil then
			self.styles[#self.styles + 1] = tostring(css)
		end
		return self
	end

	function Node:done()
		return self.up or self
	end

	function Node:allDone()
		local node = self
		while node.up do
			node = node.up
		end
		return node
	end

	local function opening(node)
		local written = '<' .. node.name
		local class = table.concat(node.classes, ' ')
		local style = table.concat(node.styles, ';')
		if node.raw_style then
			style = style == '' and node.raw_style or node.raw_style:gsub(';%s*$', '') .. ';' .. style
		end
		for _, pair in ipairs(node.attributes) do
			local value = pair[2]
			if pair[1] == 'class' and class ~= '' then
				value, class = value .. ' ' .. class, ''
			end
			written = written .. ' ' .. pair[1] .. '="' .. mw.text.encode(value) .. '"'
		end
		if class ~= '' then
			written = written .. ' class="' .. mw.text.encode(class) .. '"'
		end
		if style ~= '' then
			written = written .. ' style="' .. mw.text.encode(style) .. '"'
		end
		return written
	end

	function Node:__tostring()
		local pieces = {}
		for number, node in ipairs(self.nodes) do
			pieces[number] = tostring(node)
		end
		local inner = table.concat(pieces)
		if not self.name then
			return inner
		end
		if self.void then
			return opening(self) .. ' />'
		end
		return opening(self) .. '>' .. inner .. '</' .. self.name .. '>'
	end

	Node.__concat = function(a, b)
		return tostring(a) .. tostring(b)
	end

	return html
end
