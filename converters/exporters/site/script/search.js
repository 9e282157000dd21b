// Search without a server. Words are cut as converters/exporters/site/search/words.py cuts them, and the index is read
// as index.py writes it: scripts that hand over what they hold, because pages of a disk may load nothing else.
(function () {
  "use strict";
  const SPELLED = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i" };
  const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
  const ELISION = /\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel|pres)?qu)['\u2019\u02bc]/g;
  const WORD = /[\p{L}\p{N}]+/gu;
  const PAGES_IN_A_FILE = 8, SHOWN = 10, BEFORE = 60, AROUND = 220;
  // What a page is worth by the place of a word: its title, a short title, a long one, often in the text, in the text.
  const WEIGHTS = [60, 45, 30, 6, 2], CUT = WEIGHTS.length;
  // Words that only begin like the asked one count less; for a short beginning there are too many to load, and words as
  // short as that tell little beside longer ones.
  const BEGINNING = 0.5, SHORTEST_BEGINNING = 3, MOST_SHARDS = 4;
  const told = document.currentScript.dataset;
  const index = {}, shards = new Map(), pages = new Map(), loads = new Map();

  window.wikicompostIndex = function (key, content) { index[key] = content; };
  window.wikicompostWords = function (shard, content) { shards.set(shard, new Map(Object.entries(content))); };
  window.wikicompostPages = function (number, content) {
    Object.keys(content).forEach(function (page) { pages.set(Number(page), content[page]); });
  };

  function folded(text) {
    const apart = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    return apart.replace(/[œæßøđðþłħı]/g, function (letter) { return SPELLED[letter]; });
  }

  function words(text) {
    const found = [];
    (folded(text).replace(/_/g, " ").replace(ELISION, "").match(WORD) || []).forEach(function (word) {
      const runs = word.match(UNSPACED) || [];
      word.split(UNSPACED).forEach(function (whole, place) {
        if (whole) found.push(whole);
        const run = runs[place] || "";
        for (let n = 0; run && n < Math.max(1, run.length - 1); n++) found.push(run.slice(n, n + 2));
      });
    });
    return Array.from(new Set(found));
  }

  function telling(asked) {
    const long = asked.filter(function (word) { return word.match(UNSPACED) || word.length >= SHORTEST_BEGINNING; });
    return long.length ? long : asked;
  }

  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise(function (resolve) {
        const script = document.createElement("script");
        script.src = name;
        script.onload = script.onerror = resolve;
        document.head.appendChild(script);
      }));
    }
    return loads.get(name);
  }

  function fileOf(shard) {
    return "words-" + Array.from(shard).map(function (letter) { return letter.codePointAt(0).toString(16); }).join("-") + ".js";
  }

  // The shard where a word stands, if any.
  function shardOf(word) {
    const letters = Array.from(word);
    let own = letters.length;
    while (own && !index.known.has(letters.slice(0, own).join(""))) own--;
    return own ? [letters.slice(0, own).join("")] : [];
  }

  // Readers rarely write the last word to its end.
  function shardsBeyond(word) {
    if (Array.from(word).length < SHORTEST_BEGINNING) return [];
    return index.names.filter(function (shard) {
      return shard.length > word.length && shard.startsWith(word);
    }).slice(0, MOST_SHARDS);
  }

  function summed(differences) {
    let number = 0;
    return differences.map(function (difference) { return (number += difference); });
  }

  // Page → weight of the word, or of what begins like it.
  function pagesOf(word) {
    const weights = new Map();
    let isCut = false;
    shards.forEach(function (shard) {
      shard.forEach(function (entry, known) {
        if (!known.startsWith(word)) return;
        const ranks = Array.isArray(entry[0]) ? entry : [[], [], [], [], entry];
        if (known === word && ranks[CUT]) isCut = true;
        WEIGHTS.forEach(function (weight, rank) {
          const worth = known === word ? weight : weight * BEGINNING;
          summed(ranks[rank]).forEach(function (page) { weights.set(page, Math.max(worth, weights.get(page) || 0)); });
        });
      });
    });
    return { weights: weights, isCut: isCut };
  }

  // Pages with all words, the best first. A word that stands nearly everywhere leaves no page out.
  function ranked(asked) {
    const found = asked.map(pagesOf);
    const rare = found.filter(function (one) { return !one.isCut; });
    const needed = rare.length ? rare : found;
    const pages = Array.from(needed[0].weights.keys()).filter(function (page) {
      return needed.every(function (one) { return one.weights.has(page); });
    });
    const worth = new Map(pages.map(function (page) {
      return [page, found.reduce(function (sum, one) { return sum + (one.weights.get(page) || 0); }, 0)];
    }));
    return pages.sort(function (a, b) { return worth.get(b) - worth.get(a) || a - b; });
  }

  // The text around the first word that was asked for, with those words marked.
  function passage(text, asked) {
    const hits = Array.from(text.matchAll(WORD)).filter(function (match) {
      const word = folded(match[0]);
      return asked.some(function (one) { return word.startsWith(one) || (one.match(UNSPACED) && word.includes(one)); });
    });
    const first = hits.length ? hits[0].index : 0;
    const start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 || first : 0, end = start + AROUND;
    const shown = document.createElement("p");
    let place = start;
    shown.append(start ? "… " : "");
    hits.forEach(function (match) {
      if (match.index < place || match.index + match[0].length > end) return;
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      shown.append(text.slice(place, match.index), mark);
      place = match.index + match[0].length;
    });
    const last = text.length > end ? text.lastIndexOf(" ", end) : text.length;
    shown.append(text.slice(place, Math.max(place, last)), last < text.length ? " …" : "");
    return shown;
  }

  function item(page, asked) {
    const line = document.createElement("li"), link = document.createElement("a");
    link.textContent = page[0];
    link.href = page[1] + (location.protocol === "file:" ? "index.html" : "");
    line.append(link, passage(page[2], asked));
    return line;
  }

  async function show(found, asked) {
    const list = document.getElementById("found"), more = document.getElementById("more");
    const next = found.slice(list.children.length, list.children.length + SHOWN);
    await Promise.all(next.map(function (page) { return load("pages-" + Math.floor(page / PAGES_IN_A_FILE) + ".js"); }));
    const lines = next.filter(function (page) { return pages.has(page); }).map(function (page) {
      return item(pages.get(page), asked);
    });
    list.append(...lines);
    more.hidden = list.children.length >= found.length || !lines.length;
    more.onclick = async function () {
      const first = (await show(found, asked))[0];
      if (first) first.querySelector("a").focus();
    };
    return lines;
  }

  async function inNamespace(found, namespace) {
    if (!namespace) return found;
    await load("namespaces.js");
    const there = new Set(summed((index.namespaces || {})[namespace] || []));
    return found.filter(function (page) { return there.has(page); });
  }

  async function search(question, namespace) {
    const asked = telling(words(question));
    if (!asked.length) return;
    await load("index.js");
    index.names = (index.shards || "").split(" ");
    index.known = new Set(index.names);
    const names = asked.flatMap(shardOf).concat(shardsBeyond(asked[asked.length - 1]));
    await Promise.all(names.map(fileOf).map(load));
    const found = await inNamespace(ranked(asked), namespace);
    await show(found, asked);
    document.getElementById("count").textContent = (found.length ? told.some : told.none).replace("$1", found.length);
  }

  document.addEventListener("DOMContentLoaded", function () {
    const asked = new URLSearchParams(location.search), form = document.getElementById("search");
    form.elements.search.value = asked.get("search") || "";
    form.elements.namespace.value = asked.get("namespace") || "";
    search(form.elements.search.value, form.elements.namespace.value);
  });
})();
