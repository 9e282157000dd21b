// Search without a server. Words are cut as converters/exporters/site/search/words.py cuts them.
(function () {
  "use strict";
  var SPELLED = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i" };
  var UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
  var PAGES_IN_A_FILE = 500, SHOWN = 50;
  var told = document.currentScript.dataset, depth = Number(told.depth);
  var shards = {}, pages = {};
  window.wikicompostWords = function (shard, content) { shards[shard] = content; };
  window.wikicompostPages = function (number, content) { pages[number] = content; };

  function words(text) {
    var apart = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    apart = apart.replace(/[œæßøđðþłħı]/g, function (letter) { return SPELLED[letter]; });
    var found = [];
    (apart.match(/[\p{L}\p{N}]+/gu) || []).forEach(function (word) {
      var runs = word.match(UNSPACED) || [];
      word.split(UNSPACED).forEach(function (whole, place) {
        if (whole) found.push(whole);
        var run = runs[place];
        if (run) for (var n = 0; n < Math.max(1, run.length - 1); n++) found.push(run.slice(n, n + 2));
      });
    });
    return found;
  }

  function load(name) {
    return new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = name;
      script.onload = script.onerror = resolve;
      document.head.appendChild(script);
    });
  }

  function letters(word) { return Array.from(word).slice(0, depth).join(""); }

  function fileOf(shard) {
    return "words-" + Array.from(shard).map(function (l) { return l.codePointAt(0).toString(16); }).join("-") + ".js";
  }

  // Page → weight of everything that begins like the word: readers rarely write to the end.
  function pagesOf(word) {
    var shard = Object.prototype.hasOwnProperty.call(shards, letters(word)) ? shards[letters(word)] : {};
    var weights = new Map();
    Object.keys(shard).forEach(function (known) {
      if (known.indexOf(word) !== 0) return;
      var factor = known === word ? 3 : 1;
      for (var n = 0; n < shard[known].length; n += 2) {
        weights.set(shard[known][n], (weights.get(shard[known][n]) || 0) + factor * shard[known][n + 1]);
      }
    });
    return weights;
  }

  function ranked(asked) {
    var all = null;
    asked.forEach(function (word) {
      var found = pagesOf(word), both = new Map();
      found.forEach(function (weight, page) {
        if (all === null) both.set(page, weight);
        else if (all.has(page)) both.set(page, all.get(page) + weight);
      });
      all = both;
    });
    return Array.from(all || []).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
  }

  function unique(list) { return Array.from(new Set(list)); }

  function item(page) {
    var line = document.createElement("li"), link = document.createElement("a"), text = document.createElement("p");
    link.textContent = page[0];
    link.href = page[1] + (location.protocol === "file:" ? "index.html" : "");
    text.textContent = page[2];
    line.append(link, text);
    return line;
  }

  function show(found) {
    var list = document.getElementById("found");
    list.replaceChildren();
    found.slice(0, SHOWN).forEach(function (one) {
      list.append(item(pages[Math.floor(one[0] / PAGES_IN_A_FILE)][one[0] % PAGES_IN_A_FILE]));
    });
    document.getElementById("count").textContent = (found.length ? told.some : told.none).replace("$1", found.length);
  }

  async function search(question) {
    var asked = unique(words(question));
    if (!asked.length) return;
    await Promise.all(unique(asked.map(letters)).map(fileOf).map(load));
    var found = ranked(asked);
    var parts = unique(found.slice(0, SHOWN).map(function (one) { return Math.floor(one[0] / PAGES_IN_A_FILE); }));
    await Promise.all(parts.map(function (part) { return load("pages-" + part + ".js"); }));
    show(found);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var asked = new URLSearchParams(location.search), question = asked.get("search") || "";
    document.querySelectorAll("input[type=search]").forEach(function (field) { field.value = question; });
    search(question);
  });
})();
