"""``#invoke``: Lua modules (extension Scribunto), run by lupa where it is installed (``pip install wikicompost[lua]``).

``library`` has the Lua that modules see as ``mw``, written anew after https://www.mediawiki.org/wiki/Extension:Scribunto/Lua_reference_manual;
:mod:`machine` runs it within limits, :mod:`host` answers what it asks of the page and the wiki.
"""
