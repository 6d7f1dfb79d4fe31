// Charts of the portal. Each figure.chart names a script element with its columns (data, never code); missing values are
// null and stay gaps. Colours come from the page's variables, so light, dark and print agree.
(function () {
    'use strict';
    const instances = new Map();
    const sizes = new ResizeObserver(seen => seen.forEach(one => {
        if (one.contentRect.width > 0) {
            instances.get(one.target)?.resize();
        }
    }));

    const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
    const number = (value, language, digits) =>
        value === null || value === undefined ? '–' : value.toLocaleString(language, {maximumFractionDigits: digits === undefined ? 1 : digits});

    function read(figure) {
        const plot = figure.querySelector('.plot');
        const source = plot && document.getElementById(plot.dataset.source);
        if (!source || !source.textContent.trim()) {
            return null;
        }
        return JSON.parse(source.textContent);
    }

    function element(name, text, className) {
        const made = document.createElement(name);
        if (text !== undefined) {
            made.textContent = text;
        }
        if (className) {
            made.className = className;
        }
        return made;
    }

    // built as elements: the content security policy allows no inline style
    function bubble(data, place) {
        return params => {
            const list = Array.isArray(params) ? params : [params];
            const box = element('div', undefined, 'bubble');
            const title = place ? place(list) : list.length ? list[0].axisValueLabel || list[0].name : '';
            box.append(element('b', title + (data.zone ? ' ' + data.zone : '')));
            for (const one of list) {
                const value = Array.isArray(one.value) ? one.value[one.value.length - 1] : one.value;
                if (value === null || value === undefined || value === '-') {
                    continue;
                }
                box.append(element('div', one.seriesName + ': ' + number(value, data.language) + ' ' + data.unit));
            }
            return box;
        };
    }

    const common = data => ({
        animation: false,
        textStyle: {fontFamily: 'Inter, system-ui, sans-serif'},
        aria: {enabled: false},
        tooltip: {
            trigger: 'axis', confine: true, formatter: bubble(data), backgroundColor: colour('card'),
            borderColor: colour('line'), padding: [6, 10], extraCssText: ''
        }
    });

    function axes(data, labels, boundaryGap) {
        return {
            xAxis: {
                type: 'category', data: labels, boundaryGap,
                axisLabel: {color: colour('soft'), hideOverlap: true},
                axisTick: {show: false}, axisLine: {lineStyle: {color: colour('line')}}
            },
            yAxis: {
                type: 'value', name: data.unit, nameTextStyle: {color: colour('soft'), align: data.unit.length > 4 ? 'left' : 'right', padding: [0, 6, 0, 0]}, nameGap: 10,
                axisLine: {show: false}, axisTick: {show: false},
                axisLabel: {color: colour('soft'), formatter: value => number(value, data.language, 2)},
                splitLine: {lineStyle: {color: colour('faint')}}
            }
        };
    }

    // x is minutes since midnight, so that a day of 23 or 25 hours has its own length; the labels come with the data
    function power(data) {
        const quarter = 15;
        const end = data.labels.length * quarter;
        const held = values => values.concat([values.length ? values[values.length - 1] : null]).map((value, i) => [i * quarter, value]);
        const label = minute => minute >= end ? '24:00' : data.labels[Math.floor(minute / quarter)];
        const at = minute => label(minute).slice(0, 3) + String(Math.floor(minute % 60)).padStart(2, '0');
        const index = text => data.labels.indexOf(text);
        const look = {
            before: {color: colour('none'), width: 1.5, type: 'dashed'},
            measured: {color: colour('electricity'), width: 2},
            estimated: {color: colour('warn'), width: 2, type: 'dotted'},
            live: {color: colour('live'), width: 2}
        };
        const series = data.series
            .filter(one => one.role === 'measured' || one.values.some(value => value !== null))
            .map(one => ({
                name: one.name, type: 'line', step: 'end', data: held(one.values), symbol: 'none', connectNulls: false,
                lineStyle: look[one.role], itemStyle: {color: look[one.role].color}, emphasis: {disabled: true},
                z: one.role === 'before' ? 1 : 2,
                areaStyle: one.role === 'measured' ? {color: colour('electricity'), opacity: 0.08} : undefined
            }));
        if (data.live.length) {
            series.push({
                name: data.liveName, type: 'line', data: data.live, showSymbol: data.live.length < 2, symbolSize: 4, lineStyle: look.live,
                itemStyle: {color: colour('live')}, emphasis: {disabled: true}, z: 3
            });
        }
        const measured = series.find(one => one.name === data.series[1].name);
        measured.markArea = {
            silent: true, itemStyle: {color: colour('warn'), opacity: 0.08},
            label: {color: colour('warn'), fontSize: 11},
            data: data.gaps.map(gap => [{name: data.noData + '\n' + gap.cause, xAxis: index(gap.from) * quarter}, {xAxis: (index(gap.to) + 1) * quarter}])
        };
        if (data.peak) {
            measured.markPoint = {
                symbol: 'circle', symbolSize: 6, silent: true, itemStyle: {color: colour('electricity')},
                label: {formatter: data.peak.text, position: 'top', color: colour('soft'), fontSize: 11},
                data: [{coord: [index(data.peak.at) * quarter, data.series[1].values[index(data.peak.at)]]}]
            };
        }
        const ax = axes(data, [], false);
        ax.xAxis = Object.assign(ax.xAxis, {
            type: 'value', data: undefined, min: 0, max: end, interval: 120, splitLine: {show: false},
            axisLabel: {color: colour('soft'), hideOverlap: true, formatter: label}
        });
        const option = Object.assign(common(data), ax, {
            grid: {left: 8, right: 16, top: 52, bottom: 4, containLabel: true},
            legend: {top: 0, left: 0, itemWidth: 22, icon: 'path://M0,4h22v3h-22z', textStyle: {color: colour('soft')}},
            series
        });
        option.tooltip.formatter = bubble(data, params => at(params.length ? params[0].axisValue : 0));
        return option;
    }

    function differences(data, width) {
        const values = data.series[0].values;
        const largest = Math.max(1, ...values.map(value => Math.abs(value)));
        const names = Math.min(150, width * 0.42);
        return Object.assign(common(data), {
            tooltip: {show: false},
            grid: {left: names + 8, right: 8, top: 2, bottom: 2},
            xAxis: {
                type: 'value', axisLabel: {show: false}, splitNumber: 3, splitLine: {lineStyle: {color: colour('faint')}},
                min: Math.min(0, ...values) < 0 ? Math.min(...values) - largest * 0.4 : 0,
                max: Math.max(0, ...values) > 0 ? Math.max(...values) + largest * 0.4 : 0
            },
            yAxis: {
                type: 'category', inverse: true, data: data.labels, axisLine: {show: false}, axisTick: {show: false},
                axisLabel: {color: colour('ink'), width: names, overflow: 'truncate', fontSize: 11.5}
            },
            series: [{
                name: data.series[0].name, type: 'bar', barMaxWidth: 13, emphasis: {disabled: true},
                label: {
                    show: true, position: 'right', color: colour('soft'),
                    formatter: one => (one.value > 0 ? '+' : one.value < 0 ? '−' : '') + number(Math.abs(one.value), data.language, 0)
                },
                data: values.map(value => ({
                    value,
                    label: {position: value < 0 ? 'left' : 'right'},
                    itemStyle: {color: value > 0 ? colour('warn') : colour('brand'), opacity: Math.abs(value) > largest / 2 ? 1 : 0.55}
                }))
            }]
        });
    }

    const PALETTE = ['#2563a8', '#c2631d', '#1a8aa6', '#a33b6b', '#7a6ff0', '#5a8f29', '#b08900', '#8c564b', '#4c9f9f', '#9467bd', '#cf6679', '#6b7f99', '#3f8f6b', '#b5651d', '#4063d8'];

    function bars(data) {
        const ax = axes(data, data.labels, true);
        return Object.assign(common(data), ax, {
            grid: {left: 8, right: 16, top: 64, bottom: data.labels.length > 120 ? 40 : 4, containLabel: true},
            legend: {type: 'scroll', top: 0, left: 0, itemWidth: 12, itemHeight: 10, textStyle: {color: colour('soft')}, pageTextStyle: {color: colour('soft')}, pageIconColor: colour('soft')},
            dataZoom: data.labels.length > 120 ? [{type: 'slider', height: 22, bottom: 4}, {type: 'inside'}] : [{type: 'inside', zoomOnMouseWheel: 'ctrl'}],
            series: data.series.map((one, index) => ({
                name: one.name, type: 'bar', stack: 'all', data: one.values, emphasis: {focus: 'series'}, barMaxWidth: 38,
                itemStyle: {color: one.source ? colour(one.source) : one.role === 'rest' ? colour('none') : PALETTE[index % PALETTE.length]}
            }))
        });
    }

    // expectation dashed, measurement solid; what has no value stays a gap, marks say what happened
    function lines(data) {
        // a value between two gaps has no line to be seen by
        const seen = values => values.map((value, i) => value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
            ? {value, symbol: 'circle'} : value);
        const looks = {
            expected: {color: colour('none'), width: 2, type: 'dashed'}, actual: {color: colour('electricity'), width: 2},
            residual: {color: colour('electricity'), width: 0}
        };
        const series = data.series.map(one => ({
            name: one.name, type: 'line', data: seen(one.values), connectNulls: false, symbol: one.values.length < 70 || one.role === 'residual' ? 'circle' : 'none', symbolSize: 4,
            lineStyle: looks[one.role], itemStyle: {color: looks[one.role].color}, emphasis: {disabled: true}
        }));
        if (data.marks.length && series.length) {
            series[series.length - 1].markLine = {
                silent: true, symbol: 'none', lineStyle: {color: colour('warn'), type: 'dotted'},
                label: {color: colour('warn'), fontSize: 11, position: 'insideEndTop', formatter: mark => mark.name},
                data: data.marks.map(mark => ({name: mark.text, xAxis: mark.at}))
            };
        }
        return Object.assign(common(data), axes(data, data.labels, false), {
            grid: {left: 8, right: 16, top: 52, bottom: 4, containLabel: true},
            legend: {top: 0, left: 0, itemWidth: 22, textStyle: {color: colour('soft')}},
            series
        });
    }

    const KINDS = {power, differences, bars, lines};

    function draw(figure) {
        const data = read(figure);
        if (!data || !KINDS[data.kind]) {
            return;
        }
        const plot = figure.querySelector('.plot');
        if (!instances.has(plot)) {
            instances.set(plot, echarts.init(plot));
            sizes.observe(plot);
        }
        const chart = instances.get(plot);
        const zoom = (chart.getOption() || {}).dataZoom;
        const option = KINDS[data.kind](data, plot.clientWidth);
        if (zoom && option.dataZoom) {
            option.dataZoom.forEach((one, i) => Object.assign(one, zoom[i] ? {start: zoom[i].start, end: zoom[i].end} : {}));
        }
        chart.setOption(option, true);
        if (!figure.querySelector('.rows').hidden) {
            table(figure, data);
        }
    }

    function columns(data) {
        return data.series.filter(one => one.values.some(value => value !== null) || one.role !== 'estimated');
    }

    function table(figure, data) {
        const made = element('table');
        made.append(element('caption', figure.querySelector('h2').textContent, 'quiet-text'));
        const head = made.createTHead().insertRow();
        [data.timeLabel].concat(columns(data).map(one => one.name + ' (' + data.unit + ')')).forEach(text => {
            const cell = element('th', text);
            cell.scope = 'col';
            head.append(cell);
        });
        const body = made.createTBody();
        data.labels.forEach((label, i) => {
            const row = body.insertRow();
            row.append(element('td', label));
            columns(data).forEach(one => row.append(element('td', number(one.values[i], data.language))));
        });
        figure.querySelector('.rows').replaceChildren(made);
    }

    function save(name, href) {
        const link = element('a');
        link.href = href;
        link.download = name;
        document.body.append(link);
        link.click();
        link.remove();
    }

    const cell = text => /[",\n;]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;

    function csv(data) {
        const lines = [[data.timeLabel].concat(columns(data).map(one => one.name + ' [' + data.unit + ']')).map(cell).join(',')];
        data.labels.forEach((label, i) =>
            lines.push([cell(label)].concat(columns(data).map(one => one.values[i] === null ? '' : String(one.values[i]))).join(',')));
        const url = URL.createObjectURL(new Blob([lines.join('\r\n') + '\r\n'], {type: 'text/csv;charset=utf-8'}));
        save(data.file + '.csv', url);
        setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    document.addEventListener('click', event => {
        const button = event.target.closest('.chart [data-do]');
        if (!button) {
            return;
        }
        const figure = button.closest('.chart');
        const data = read(figure);
        if (!data) {
            return;
        }
        if (button.dataset.do === 'csv') {
            csv(data);
        } else if (button.dataset.do === 'png') {
            save(data.file + '.png', instances.get(figure.querySelector('.plot')).getDataURL({pixelRatio: 2, backgroundColor: colour('card')}));
        } else {
            const rows = figure.querySelector('.rows');
            rows.hidden = !rows.hidden;
            figure.querySelector('.plot').hidden = !rows.hidden;
            button.setAttribute('aria-pressed', String(!rows.hidden));
            const text = button.textContent;
            button.textContent = button.dataset.other;
            button.dataset.other = text;
            if (rows.hidden) {
                instances.get(figure.querySelector('.plot')).resize();
            } else {
                table(figure, data);
            }
        }
    });

    window.energyCharts = {
        draw: () => document.querySelectorAll('figure.chart').forEach(draw)
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => window.energyCharts.draw());
    document.fonts.ready.then(() => window.energyCharts.draw());
    window.energyCharts.draw();
})();
