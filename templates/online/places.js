  // ---- where one is, and where one was

  function places(main) {
    const file = root.dataset.page;
    const marks = Array.from(main.querySelectorAll("[id]:not(.note-call)")).filter(function (mark) { return !mark.closest(".notes"); });
    const line = document.body.appendChild(make("div", "", {className: "progress"}));
    const percent = document.querySelector(".percent");
    const before = Number(root.dataset.before || 0);
    const share = Number(root.dataset.share || 1);
    let resting = 0;
    let last = 0;

    // the last place with an address that begins above the middle of the upper third
    function here() {
      let from = 0;
      let to = marks.length;
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (marks[middle].getBoundingClientRect().top > innerHeight / 6) { to = middle; } else { from = middle; }
      }
      return marks[from];
    }

    function read() {
      const end = main.getBoundingClientRect().bottom + scrollY - innerHeight;
      return end > 0 ? Math.min(1, scrollY / end) : 1;
    }

    function show() {
      const done = before + share * read();
      line.style.transform = "scaleX(" + done + ")";
      percent.textContent = Math.round(done * 100) + "\u202f%";
      return done;
    }

    function rest() {
      const mark = here();
      if (root.dataset.front !== undefined) { return; }
      const section = (mark || main).closest("main > section, main > .part > section") || main;
      const head = section.querySelector("h1, h2, h3");
      keep(placeKey, {
        file: file,
        id: scrollY > 100 ? (mark || main).id : "",
        title: head ? head.textContent.trim() : "",
        done: show()
      });
    }

    addEventListener("scroll", function () {
      show();
      root.classList.toggle("away", scrollY > last ? scrollY > 300 : false);
      last = scrollY;
      clearTimeout(resting);
      resting = setTimeout(rest, 300);
    }, {passive: true});
    show();
    if (file) { rest(); }
    return here;
  }

  function resume(head, offer) {
    const place = recall(placeKey);
    if (!head || !place || !(place.id || place.file)) { return; }
    const link = offer.querySelector("a");
    link.href = place.file + (place.id ? "#" + place.id : "");
    link.append(": ", make("cite", place.title), " (" + Math.round(place.done * 100) + "\u202f%)");
    head.append(offer);
  }
