  // ---- search

{% include "fold.js" %}
  function wanted(query) {
    const words = Array.from(query.matchAll(/["“„«](.+?)["”“»]|(\S+)/gu), function (match) { return fold(match[1] || match[2]); });
    return words.filter(Boolean);
  }

  // the words around the first find, cut where it is in the text as it is written
  function excerpt(text, word) {
    let folded = "";
    let passed = 0;
    const starts = [];
    for (const sign of text) {
      const plain = fold(sign);
      starts.push(...Array(plain.length).fill(passed));
      folded += plain;
      passed += sign.length;
    }
    const at = folded.indexOf(word);
    if (at === -1) { return [text.slice(0, 120), "", ""]; }
    const from = starts[at];
    const to = at + word.length >= starts.length ? text.length : starts[at + word.length];
    const before = from > 60 ? text.slice(from - 60, from).replace(/^\S*\s/u, "…") : text.slice(0, from);
    const after = text.length > to + 80 ? text.slice(to, to + 80).replace(/\s\S*$/u, "…") : text.slice(to);
    return [before, text.slice(from, to), after];
  }

  // what a passage says: without the numbers of its notes, and line for line
  function words(block) {
    if (!block.querySelector(".note-call, .line, br")) { return block.textContent.trim(); }
    const copy = block.cloneNode(true);
    copy.querySelectorAll(".note-call").forEach(function (call) { call.remove(); });
    copy.querySelectorAll(".line + .line").forEach(function (line) { line.prepend(" / "); });
    copy.querySelectorAll("br").forEach(function (end) { end.replaceWith(" "); });
    return copy.textContent.trim();
  }

  // the passages of a book in one page, chapter by chapter
  function texts(main) {
    const blocks = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, td, th, pre, caption, figcaption";
    return Array.from(main.querySelectorAll("main > :not(.part), main > .part > *")).map(function (chapter) {
      const head = chapter.querySelector("h2, h3");
      const passages = [chapter, ...chapter.querySelectorAll(blocks)].filter(function (block) {
        return block.matches(blocks) ? !block.querySelector(blocks) : false;
      });
      return ["", head ? head.textContent.trim() : "", passages.map(function (block) {
        return [block.closest("[id]").id, words(block)];
      })];
    });
  }

  function search(panel, main) {
    const input = panel.querySelector("input");
    const status = panel.querySelector(".status");
    const list = panel.querySelector(".finds");
    const most = 100;
    let pages = null;
    let waiting = 0;

    function look() {
      const words = wanted(input.value);
      list.replaceChildren();
      status.textContent = "";
      if (!pages || words.join("").length === 0) { return; }
      let found = 0;
      pages.forEach(function (page) {
        page[2].forEach(function (passage) {
          if (passage.length === 2) { passage.push(fold(passage[1])); }
          if (!words.every(function (word) { return passage[2].includes(word); })) { return; }
          found += 1;
          if (found > most) { return; }
          const parts = excerpt(passage[1], words[0]);
          const link = make("a", "", {href: page[0] + (passage[0] ? "#" + passage[0] : "")});
          link.append(make("cite", page[1]), " ", parts[0], make("mark", parts[1]), parts[2]);
          const item = document.createElement("li");
          item.append(link);
          list.append(item);
        });
      });
      status.textContent = found ? status.dataset.found + ": " + (found > most ? most + "/" : "") + found : status.dataset.none;
    }

    panel.addEventListener("beforetoggle", function (event) {
      if (event.newState !== "open" || pages) { return; }
      if (!root.dataset.texts) { pages = texts(main); return; }
      if (window.samizdatText) { return; }
      window.samizdatText = function (given) { pages = given; look(); };
      document.head.append(make("script", "", {src: root.dataset.texts}));
    });
    input.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120);
    });
    input.form.addEventListener("submit", function (event) {
      event.preventDefault();
      look();
      const first = list.querySelector("a");
      if (first) { first.focus(); }
    });
  }
