/* Draws the charts that the page describes, and keeps them up to date after each refresh. No data comes from elsewhere. */
(function () {
    "use strict";
    var root = document.documentElement;
    var kept = null;
    try { kept = window.localStorage.getItem("theme"); } catch (e) { kept = null; }
    var dark = kept ? kept === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.setAttribute("data-theme", dark ? "dark" : "light");

    function colour(name) { return getComputedStyle(root).getPropertyValue("--" + name).trim(); }

    function option(model) {
        var ink = colour("ink"), soft = colour("soft"), line = colour("line");
        var horizontal = model.kind === "bars";
        var value = { type: "value", name: model.unit, nameTextStyle: { color: soft }, axisLabel: { color: soft }, splitLine: { lineStyle: { color: line } } };
        var category = { type: "category", data: model.labels, inverse: horizontal, axisLabel: { color: soft, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } };
        return {
            animation: false,
            textStyle: { color: ink, fontFamily: "inherit" },
            grid: { left: 8, right: 18, top: model.series.length > 1 ? 40 : 28, bottom: 8, containLabel: true },
            legend: model.series.length > 1 ? { left: 0, top: 0, textStyle: { color: soft }, itemWidth: 16 } : undefined,
            tooltip: { trigger: "axis", confine: true, backgroundColor: colour("card"), borderColor: line, textStyle: { color: ink },
                valueFormatter: function (v) { return v === null || v === undefined ? "no data" : Number(v).toLocaleString("en-GB", { maximumFractionDigits: 1 }) + " " + model.unit; } },
            xAxis: horizontal ? value : category,
            yAxis: horizontal ? category : value,
            series: model.series.map(function (s) {
                var c = colour(s.colour || "electricity");
                return model.kind === "line"
                    ? { name: s.name, type: "line", step: "end", data: s.values, connectNulls: false, showSymbol: false,
                        lineStyle: { width: s.dashed ? 1.5 : 2, type: s.dashed ? "dashed" : "solid", color: c }, itemStyle: { color: c },
                        areaStyle: s.dashed ? undefined : { color: c, opacity: .07 } }
                    : { name: s.name, type: "bar", stack: model.stacked ? "all" : undefined, data: s.values, itemStyle: { color: c }, barMaxWidth: 26 };
            })
        };
    }

    function draw() {
        document.querySelectorAll(".chart[data-source]").forEach(function (place) {
            var source = document.getElementById(place.getAttribute("data-source"));
            if (!source || !window.echarts) { return; }
            var chart = window.echarts.getInstanceByDom(place) || window.echarts.init(place, null, { renderer: "canvas" });
            chart.setOption(option(JSON.parse(source.getAttribute("data-chart"))), { notMerge: true });
        });
    }

    function resize() {
        document.querySelectorAll(".chart[data-source]").forEach(function (place) {
            var chart = window.echarts && window.echarts.getInstanceByDom(place);
            if (chart) { chart.resize(); }
        });
    }

    function save(name, url) {
        var link = document.createElement("a");
        link.href = url;
        link.download = name;
        link.click();
    }

    document.addEventListener("click", function (event) {
        var target = event.target.closest("[data-do]");
        if (!target) { return; }
        var what = target.getAttribute("data-do");
        if (what === "theme") {
            dark = !dark;
            root.setAttribute("data-theme", dark ? "dark" : "light");
            try { window.localStorage.setItem("theme", dark ? "dark" : "light"); } catch (e) { kept = null; }
            draw();
            return;
        }
        var place = document.getElementById(target.getAttribute("data-of"));
        if (what === "png") {
            save("chart.png", window.echarts.getInstanceByDom(place).getDataURL({ pixelRatio: 2, backgroundColor: colour("card") }));
        } else if (what === "csv") {
            var model = JSON.parse(document.getElementById(place.getAttribute("data-source")).getAttribute("data-chart"));
            var rows = [["interval"].concat(model.series.map(function (s) { return s.name + " [" + model.unit + "]"; }))];
            model.labels.forEach(function (label, i) {
                rows.push([label].concat(model.series.map(function (s) { return s.values[i] === null || s.values[i] === undefined ? "" : s.values[i]; })));
            });
            save("chart.csv", URL.createObjectURL(new Blob([rows.map(function (r) { return r.map(function (c) { return "\"" + c + "\""; }).join(","); }).join("\r\n")], { type: "text/csv" })));
        }
    });

    window.addEventListener("resize", resize);
    document.addEventListener("DOMContentLoaded", function () {
        draw();
        if (window.jQuery) {
            window.jQuery(document).on("pfAjaxComplete", function (event, xhr) {
                if (xhr && xhr.status === 401) { window.location.reload(); return; }
                draw();
            });
        }
    });
})();
