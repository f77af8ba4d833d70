// The address is the state: what a screen shows is read from it, and what a person changes is written to it.

class Address {
  path = $state(location.pathname);
  search = $state(location.search);
  parts = $derived(this.path.split("/").filter(Boolean).map(decode));
  query = $derived(new URLSearchParams(this.search));

  get(name: string): string | null {
    return this.query.get(name);
  }
}

export const address = new Address();

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function take(): void {
  address.path = location.pathname;
  address.search = location.search;
}

/** Goes to an address of the desk; `replace` keeps the way back as it was, `stay` keeps the scroll position. */
export function go(to: string, { replace = false, stay = false } = {}): void {
  keepScroll();
  const before = location.pathname;
  if (replace) history.replaceState({}, "", to);
  else history.pushState({}, "", to);
  take();
  if (!stay && location.pathname !== before) scrollTo(0, 0);
}

/** Changes parameters of this address; null or "" takes one out, a list sets several. */
export function setQuery(changes: Record<string, string | string[] | null>, { replace = false } = {}): void {
  go(withQuery(changes), { replace, stay: true });
}

export function withQuery(changes: Record<string, string | string[] | null>): string {
  const query = new URLSearchParams(address.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const each of value === null ? [] : [value].flat()) if (each !== "") query.append(name, each);
  }
  const text = writeQuery(query);
  return address.path + (text ? `?${text}` : "");
}

/** Parameters as text, with commas and colons left readable. */
export function writeQuery(query: URLSearchParams): string {
  return query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** Links of the page are followed without loading it again. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a");
  const to = link?.getAttribute("href");
  if (!link || !to || link.hasAttribute("download") || link.getAttribute("target")) return;
  if (to.startsWith("#") || !to.startsWith("/") || to.startsWith("//") || to.startsWith("/v1/")) return;
  event.preventDefault();
  go(to, { stay: link.hasAttribute("data-stay") });
}

function keepScroll(): void {
  history.replaceState({ ...(history.state ?? {}), y: scrollY }, "");
}

export function watchAddress(): void {
  addEventListener("popstate", (event) => {
    take();
    const y = Number(event.state?.y ?? 0);
    setTimeout(() => scrollTo(0, y), 60); // after the screen has been drawn from what was kept
  });
}
