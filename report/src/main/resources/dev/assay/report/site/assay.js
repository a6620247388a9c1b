// Sorts and filters tables, draws plots, and keeps what is shown in the address: #table&sort=-field&q=words&show=group.
'use strict';
(() => {
  document.documentElement.className = 'js';
  const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31', '#999999'];
  const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 4], [12, 5], [3, 2]];

  // --- tables

  const cellValue = cell => {
    const key = (cell.dataset.sort ?? cell.textContent).trim();
    const number = Number(key);
    return key !== '' && Number.isFinite(number) ? number : key;
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === 'number' ? -1 : 1;
  };

  function sort(table, field, down) {
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex(head => head.dataset.field === field);
    if (column < 0) return;
    heads.forEach(head => head.removeAttribute('aria-sort'));
    heads[column].setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = table.tBodies[0];
    const keyed = [...body.rows].map(row => [cellValue(row.cells[column]), row]);
    // What has no value stays at the end, whichever way.
    const none = ([value]) => value === '' || value === '–';
    keyed.sort((a, b) => none(a) - none(b) || (down ? -1 : 1) * compare(a[0], b[0]));
    body.append(...keyed.map(([, row]) => row));
  }

  function filter(table, words, output) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      row.words ??= row.textContent.toLowerCase();
      row.hidden = !wanted.every(word => row.words.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    if (output) output.textContent = shown + ' of ' + table.tBodies[0].rows.length;
  }

  function remember(table) {
    const parts = [table.id.replace(/^table-/, '')];
    const sorted = table.querySelector('th[aria-sort]');
    if (sorted) {
      const way = sorted.ariaSort === 'descending' ? '-' : '';
      parts.push('sort=' + way + encodeURIComponent(sorted.dataset.field));
    }
    const form = table.form;
    if (form?.q.value) parts.push('q=' + encodeURIComponent(form.q.value));
    const groups = [...table.classList].filter(name => name.startsWith('show-')).map(name => name.slice(5));
    if (groups.length) parts.push('show=' + groups.join(','));
    history.replaceState(null, '', '#' + parts.join('&'));
  }

  function recall() {
    const [id, ...parts] = location.hash.slice(1).split('&');
    const table = document.getElementById('table-' + id);
    if (!table || !parts.length) return;
    const wanted = Object.fromEntries(parts.map(part => part.split('=').map(decodeURIComponent)));
    if (wanted.show) wanted.show.split(',').forEach(group => show(table, group, true));
    if (wanted.q && table.form) {
      table.form.q.value = wanted.q;
      filter(table, wanted.q, table.form.querySelector('output'));
    }
    if (wanted.sort) sort(table, wanted.sort.replace(/^-/, ''), wanted.sort.startsWith('-'));
    table.closest('section').scrollIntoView();
  }

  function show(table, group, on) {
    table.classList.toggle('show-' + group, on);
    const box = table.form?.querySelector('[name=show][value="' + CSS.escape(group) + '"]');
    if (box) box.checked = on;
  }

  function prepare(table) {
    table.form = table.closest('section').querySelector('form.filter');
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const number = head.classList.contains('number');
        const now = head.getAttribute('aria-sort');
        // Figures are first wanted from the top, names from A.
        sort(table, head.dataset.field, now ? now === 'ascending' : number && !head.classList.contains('low'));
        remember(table);
      });
    }
    if (!table.form) return;
    const output = table.form.querySelector('output');
    table.form.addEventListener('submit', event => event.preventDefault());
    table.form.q.addEventListener('input', () => {
      filter(table, table.form.q.value, output);
      remember(table);
    });
    table.form.querySelectorAll('[name=show]').forEach(box =>
      box.addEventListener('change', () => {
        show(table, box.value, box.checked);
        remember(table);
      }));
  }

  // --- plots

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = (label, more = {}) => ({
    label, stroke: style('--text'), grid: {stroke: style('--line'), width: 1}, ticks: {stroke: style('--line')},
    ...more,
  });
  const clear = (colour, share) => colour + Math.round(share * 255).toString(16).padStart(2, '0');
  const percent = value => value == null ? '–' : (100 * value).toFixed(1) + ' %';

  const shares = (plot, values) => values.map(value => 100 * value + ' %');

  const frame = (figure, height) => ({width: figure.querySelector('.plot').clientWidth, height});

  const drawings = {
    best(figure, data) {
      const stepped = uPlot.paths.stepped({align: 1});
      return new uPlot({
        ...frame(figure, 260),
        scales: {x: {time: false}},
        axes: [axis('block'), axis('nats per token', {size: 70})],
        series: [
          {label: 'block'},
          {label: 'best loss', stroke: colours[0], width: 2, paths: stepped, points: {show: data.x.length < 40}},
          {label: 'to be beaten', stroke: colours[1], width: 2, dash: dashes[1], paths: stepped, points: {show: false}},
        ],
        bands: [{series: [1, 2], fill: clear(colours[0], .18)}],
      }, [data.x, data.loss, data.below], figure.querySelector('.plot'));
    },

    weights(figure, data) {
      const sums = data.x.map(() => 0);
      const stacked = data.series.map(series => series.values.map((value, i) => (sums[i] += value)));
      const series = data.series.map((each, i) => ({
        label: each.name, stroke: colours[i % colours.length], width: 2, dash: dashes[i % dashes.length],
        fill: i ? undefined : clear(colours[0], .35), points: {show: data.x.length < 2},
        value: (plot, value, of, at) => at == null ? '–' : percent(each.values[at]),
      }));
      return new uPlot({
        ...frame(figure, 280),
        scales: {x: {time: false}, y: {range: [0, 1]}},
        axes: [axis('block'), axis('share of the weights', {size: 70, values: shares})],
        series: [{label: 'block'}, ...series],
        bands: data.series.slice(1).map((each, i) => (
          {series: [i + 2, i + 1], fill: clear(colours[(i + 1) % colours.length], .35)})),
      }, [data.x, ...stacked], figure.querySelector('.plot'));
    },

    history(figure, data) {
      return new uPlot({
        ...frame(figure, 240),
        scales: {x: {time: false}, share: {range: [0, 1]}},
        axes: [axis('block'), axis('nats per token', {size: 70}),
          axis('share', {scale: 'share', side: 1, size: 60, grid: {show: false}, values: shares})],
        series: [
          {label: 'block'},
          {label: 'loss', stroke: colours[0], width: 2, points: {show: data.x.length < 40}},
          {label: 'win rate', scale: 'share', stroke: colours[1], width: 2, dash: dashes[1],
            value: (plot, v) => percent(v)},
          {label: 'weight', scale: 'share', stroke: colours[2], width: 2, dash: dashes[2],
            value: (plot, v) => percent(v)},
        ],
      }, [data.x, data.loss, data.wins, data.weight], figure.querySelector('.plot'));
    },

    scatter(figure, data) {
      let select = figure.querySelector('select');
      if (!select) {
        const label = document.createElement('label');
        label.textContent = 'Challenger ';
        select = document.createElement('select');
        data.challengers.forEach((each, i) => select.add(new Option(each.name, i)));
        label.append(select);
        figure.querySelector('figcaption').after(label);
        select.addEventListener('change', () => draw(figure));
      }
      const chosen = data.challengers[select.value || 0];
      const pairs = data.leader.map((loss, i) => [loss, chosen.losses[i]])
        .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b)).sort((a, b) => a[0] - b[0]);
      const xs = pairs.map(pair => pair[0]);
      return new uPlot({
        ...frame(figure, 320),
        scales: {x: {time: false}},
        axes: [axis(data.name + ', loss on a sample'), axis('the challenger', {size: 70})],
        series: [
          {label: 'leader'},
          {label: 'challenger', stroke: colours[0], paths: () => null,
            points: {show: true, size: 6, fill: clear(colours[0], .4)}},
          {label: 'equal', stroke: style('--quiet'), dash: dashes[1], points: {show: false}},
        ],
      }, [xs, pairs.map(pair => pair[1]), xs], figure.querySelector('.plot'));
    },

    ranges(figure, data) {
      const marks = (plot, series, offset) => {
        const {ctx} = plot;
        const half = 4 * devicePixelRatio;
        ctx.save();
        ctx.strokeStyle = series.colour;
        ctx.fillStyle = series.colour;
        ctx.lineWidth = 2 * devicePixelRatio;
        data.groups.forEach((group, i) => {
          const x = plot.valToPos(i + offset, 'x', true);
          const [estimate, low, high] = series.of[i].map(v => Number.isFinite(v) ? plot.valToPos(v, 'y', true) : null);
          if (estimate == null) return;
          ctx.beginPath();
          if (series.round) ctx.arc(x, estimate, half, 0, 7);
          else ctx.rect(x - half, estimate - half, 2 * half, 2 * half);
          ctx.fill();
          if (low != null && high != null) {
            ctx.beginPath();
            ctx.moveTo(x, low);
            ctx.lineTo(x, high);
            ctx.stroke();
          }
        });
        ctx.restore();
      };
      const finite = [...data.leader, ...data.everybody].flat().filter(Number.isFinite);
      const least = Math.min(...finite), most = Math.max(...finite), room = (most - least || 1) * .1;
      return new uPlot({
        ...frame(figure, 260),
        legend: {live: false},
        scales: {x: {time: false, range: [-.5, data.groups.length - .5]}, y: {range: [least - room, most + room]}},
        axes: [
          axis(data.label, {splits: () => data.groups.map((group, i) => i),
            values: () => data.groups.map(group => group.length > 13 ? group.slice(0, 12) + '…' : group)}),
          axis('nats per token', {size: 70})],
        series: [
          {label: data.label},
          {label: '● leader', stroke: colours[0], paths: () => null, points: {show: false}},
          {label: '■ all accepted', stroke: colours[1], paths: () => null, points: {show: false}},
        ],
        hooks: {draw: [plot => {
          marks(plot, {of: data.leader, colour: colours[0], round: true}, -.08);
          marks(plot, {of: data.everybody, colour: colours[1]}, .08);
        }]},
      }, [data.groups.map((g, i) => i), ...[data.leader, data.everybody].map(of => of.map(v => v[0]))],
      figure.querySelector('.plot'));
    },
  };

  function draw(figure) {
    figure.drawn?.destroy();
    figure.drawn = drawings[figure.dataset.kind](figure, JSON.parse(figure.querySelector('script').textContent));
  }

  // --- times: how long ago, by the reader's clock

  function age(time) {
    const minutes = Math.round((Date.now() - new Date(time.dateTime)) / 60_000);
    if (!Number.isFinite(minutes) || minutes < 0) return;
    const text = minutes < 90 ? minutes + ' minutes'
      : minutes < 2880 ? Math.round(minutes / 60) + ' hours' : Math.round(minutes / 1440) + ' days';
    time.after(' (' + text + ' ago)');
  }

  document.querySelectorAll('table').forEach(prepare);
  document.querySelectorAll('time').forEach(age);
  recall();
  addEventListener('hashchange', recall);
  addEventListener('keydown', event => {
    if (event.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
      document.querySelector('form.filter input')?.focus();
      event.preventDefault();
    }
  });
  const figures = [...document.querySelectorAll('figure')];
  // What is below the screen is drawn as it comes into sight.
  const seen = new IntersectionObserver(entries =>
    entries.filter(entry => entry.isIntersecting && !entry.target.drawn).forEach(entry => draw(entry.target)),
  {rootMargin: '300px'});
  figures.forEach(figure => seen.observe(figure));
  const again = () => figures.filter(figure => figure.drawn).forEach(draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) {
      width = innerWidth;
      again();
    }
  });
  addEventListener('beforeprint', () => figures.filter(figure => !figure.drawn).forEach(draw));
})();
