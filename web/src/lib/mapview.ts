// What part of the world a map shows: how many times larger than the whole, and the degrees at its middle.

export interface View {
  zoom: number;
  lon: number;
  lat: number;
}
export const WHOLE: View = { zoom: 1, lon: 0, lat: 0 };
export const MOST_ZOOM = 24;

/** `4,30.5,48.2` → a view; anything else is the whole world. */
export function readView(text: string | null): View {
  const [zoom, lon, lat] = (text ?? "").split(",").map(Number);
  if (!zoom || !Number.isFinite(lon) || !Number.isFinite(lat) || zoom <= 1) return WHOLE;
  return { zoom: Math.min(MOST_ZOOM, zoom), lon: lon ?? 0, lat: lat ?? 0 };
}

export function writeView(view: View): string | null {
  return view.zoom <= 1.001 ? null : [view.zoom.toFixed(2), view.lon.toFixed(2), view.lat.toFixed(2)].map(Number).join(",");
}
