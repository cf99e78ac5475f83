// The parts of Apache ECharts that the page draws with, and nothing else: bars, dots, their axes, guide lines, legends,
// what shows on hover, and the SVG renderer, which prints sharp. Descriptions for screen readers are the page's own.
// build.sh makes echarts.min.js of this file; the crate embeds the result and needs neither node nor a network.
import { use, init } from "echarts/core";
import { BarChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, ScatterChart,
  GridComponent, LegendComponent, MarkLineComponent, TooltipComponent,
  LabelLayout, SVGRenderer,
]);

export { init };
