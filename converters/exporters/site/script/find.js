// Where no server could be told about the wiki's old addresses: finds the page that an address asks for.
(function () {
  "use strict";
  var rules = window.oldAddresses;
  var root = new URL(document.currentScript.dataset.root, location.href).pathname;
  var isDisk = location.protocol === "file:";

  function changed(address, kind) {
    for (var i = 0; i < rules[kind].length; i++) {
      var pattern = new RegExp(rules[kind][i][0], rules[kind][i][2]);
      if (pattern.test(address)) return address.replace(pattern, rules[kind][i][1]);
    }
    return "";
  }

  // Rules are tried on what comes out of them; one that changes nothing but a slash at the end is the last. What leads
  // to another site goes there as it is.
  function followed(address) {
    for (var hops = 0; hops < 40; hops++) {
      var next = changed(address, "always") || (!changed(address, "away") && changed(address, "missing"));
      if (!next || next.replace(/\/$/, "") === address.replace(/\/$/, "")) return address;
      address = next;
    }
    return address;
  }

  function place(address) {
    var parts = /^([^?]*?)\/?(\?.*)?$/.exec(address.slice(1));
    var inside = isDisk ? (address.indexOf("/source/") === 0 ? "index.txt" : "index.html") : "";
    return root + parts[1] + "/" + inside + (parts[2] || "");
  }

  if (!rules || location.pathname.indexOf(root) !== 0) return;
  var asked = location.pathname.slice(root.length - 1).replace(/index\.html$/, "") + location.search;
  // Old links have small digits; the rules, to be short, large ones.
  asked = asked.replace(/%[0-9a-f]{2}/gi, function (sent) { return sent.toUpperCase(); });
  var found = followed(asked), away = changed(found, "away");
  if (away) location.replace(away);
  else if (found !== asked) location.replace(place(found) + location.hash);
  else if (changed(asked, "fallbacks")) location.replace(place(changed(asked, "fallbacks")));
})();
