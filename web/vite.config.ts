import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { licences } from "./licences";

export default defineConfig({
  plugins: [svelte(), licences()],
  base: "/",
  build: {
    outDir: process.env.DESK_OUT ?? "../src/dragoman/_web",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy allows no data: scripts or styles
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { "/v1": process.env.DESK_API ?? "http://127.0.0.1:8321" } },
});
