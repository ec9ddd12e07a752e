// Runs inside the studio page: looks at what a test cannot see from outside. Nothing of the page calls it.
(() => {
  /** Controls without a name that a screen reader could say. */
  function unnamedControls() {
    return [...document.querySelectorAll("input, select, textarea, button, canvas, progress")]
      .filter((control) => control.getAttribute("aria-hidden") !== "true")
      .filter((control) => {
        const labels = [...(control.labels ?? [])].map((label) => label.textContent);
        const names = [control.getAttribute("aria-label") ?? "", ...labels, control.textContent];
        return names.every((name) => name.trim() === "");
      })
      .map((control) => `no name: ${control.outerHTML.slice(0, 120)}`);
  }

  /** Ids that stand twice on the page, and references that point nowhere. */
  function brokenIds() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const doubles = ids.filter((id, i) => ids.indexOf(id) !== i);
    const references = ["aria-describedby", "aria-controls", "aria-labelledby", "for"].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name).split(" ")),
    );
    return [...doubles, ...references.filter((id) => !ids.includes(id))].map((id) => `id: ${id}`);
  }

  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function rgba(color) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  }

  function luminance(color) {
    const [r, g, b] = color.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function colorBehind(element) {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) return color;
    }
    return [255, 255, 255, 255];
  }

  /** Texts whose contrast is below WCAG 2.2 AA: 4.5, or 3 where they are large. */
  function faintTexts() {
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent.trim();
      if (text === "" || element.closest("script, .unseen, :disabled") || !element.checkVisibility())
        continue;
      const style = getComputedStyle(element);
      const [a, b] = [luminance(rgba(style.color)), luminance(colorBehind(element))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.7 && Number(style.fontWeight) >= 700);
      if (contrast < (isLarge ? 3 : 4.5)) faint.push(`contrast ${contrast.toFixed(2)}: ${text.slice(0, 30)}`);
    }
    return faint;
  }

  function shownColors() {
    const canvas = document.querySelector("#stage-view canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set();
    for (let i = 0; i < data.length; i += 4) {
      const rgb = [...data.subarray(i, i + 3)].map((value) => value.toString(16).padStart(2, "0"));
      if (data[i + 3] !== 0) colors.add(`#${rgb.join("")}`);
    }
    return [...colors].sort();
  }

  globalThis.studioProbe = {
    shownColors,
    faults: () => [...unnamedControls(), ...brokenIds(), ...faintTexts()],
  };
})();
