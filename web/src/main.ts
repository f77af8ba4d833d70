import { mount } from "svelte";
import App from "./App.svelte";
import "./css/tokens.css";
import "./css/page.css";
import "./css/parts.css";
import "./css/charts.css";
import "./css/print.css";

const target = document.getElementById("desk");
if (target) mount(App, { target });
