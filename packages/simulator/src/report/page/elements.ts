/** What an element contains: text is always text, never markup. */
type Content = Node | string | readonly (Node | string)[];

function element(name: string, attributes: Readonly<Record<string, string>>, content: Content = []): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...(Array.isArray(content) ? content : [content as Node | string]));
  return made;
}

/** A table that scrolls sideways by itself where it is wider than the screen. */
function table(head: readonly string[], rows: readonly (readonly Content[])[], className = ""): HTMLElement {
  const headRow = element(
    "tr",
    {},
    head.map((title) => element("th", { scope: "col" }, title)),
  );
  const bodyRows = rows.map((cells) =>
    element(
      "tr",
      {},
      cells.map((cell) => element("td", {}, cell)),
    ),
  );
  const made = element("table", { class: className }, [element("thead", {}, headRow), element("tbody", {}, bodyRows)]);
  return element("div", { class: "scroll" }, made);
}

function section(title: string, content: Content): HTMLElement {
  const parts = Array.isArray(content) ? content : [content as Node | string];
  return element("section", {}, [element("h2", {}, title), ...parts]);
}

/** A verdict as a word with a colour and a sign of its own, so that nobody depends on colours. */
function verdictMark(verdict: string): HTMLElement {
  const sign = { pass: "✓", fail: "✕" }[verdict] ?? "?";
  return element("span", { class: `verdict ${verdict}` }, `${sign} ${verdict}`);
}

/** Text to copy, with a button that does so. */
function copyable(text: string): HTMLElement {
  const button = element("button", { type: "button" }, "Copy");
  button.addEventListener("click", () => {
    const done = (word: string): void => {
      button.textContent = word;
      setTimeout(() => {
        button.textContent = "Copy";
      }, 1500);
    };
    navigator.clipboard.writeText(text).then(
      () => done("Copied"),
      () => done("Select and copy by hand"),
    );
  });
  return element("div", { class: "copyable" }, [element("pre", {}, element("code", {}, text)), button]);
}

/** A colour of the page's style. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
