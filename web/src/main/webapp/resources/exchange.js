// The form of a meter exchange: what is typed is compared with the readings next to it, and entered once.
(function () {
    'use strict';
    const form = document.querySelector('form[data-exchange]');
    if (!form) {
        return;
    }
    const token = document.querySelector('meta[name="csrf"]')?.content || '';
    const said = form.querySelector(':scope > .said');
    const confirm = document.getElementById('exchange-confirm');
    const words = form.dataset;
    const language = document.documentElement.lang || 'en';
    // one for each content that is entered: a click that is lost on the way and repeated makes no second entry
    let key = fresh();
    let asked = 0;
    let timer = 0;

    function fresh() {
        return [...crypto.getRandomValues(new Uint8Array(16))].map(one => one.toString(16).padStart(2, '0')).join('');
    }

    // people write 1.234,5 or 1,234.5 as their language has it; the last of point and comma is the decimal sign
    function decimal(text) {
        const plain = text.replace(/[\s\u00a0']/g, '');
        const sign = language.startsWith('de') ? ',' : '.';
        const group = sign === ',' ? '.' : ',';
        return plain.split(group).join('').replace(sign, '.');
    }

    function content() {
        const body = {site: words.site, meter: words.meter};
        new FormData(form).forEach((value, name) => { body[name] = name === 'confirmed' ? true : value; });
        body.registers = [...form.querySelectorAll('[data-channel]')].map(pair => ({
            channel: pair.dataset.channel,
            oldFinalValue: decimal(pair.querySelector('[data-count="oldFinal"]').value),
            newInitialValue: decimal(pair.querySelector('[data-count="newInitial"]').value)
        }));
        return body;
    }

    function fill(text, values) {
        return values.reduce((now, value, i) => now.replace('{' + i + '}', value), text);
    }

    function shown(reading, unit) {
        if (!reading) {
            return [words.none, words.never];
        }
        const digits = (reading.value || '').split('.')[1]?.length || 0;
        const value = reading.value === null ? String(reading.count)
            : new Intl.NumberFormat(language, {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(Number(reading.value)) + ' ' + unit;
        return [value, new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'medium', timeZone: words.zone}).format(new Date(reading.at))];
    }

    function tell(register) {
        const place = form.querySelector('[data-said="' + CSS.escape(register.channel) + '"]');
        const before = shown(register.lastOld, register.unit);
        const after = shown(register.firstNew, register.unit);
        place.className = register.doubts.length ? 'doubt' : 'soft';
        place.textContent = register.doubts.length
            ? register.doubts.map(doubt => doubt.field === 'oldFinalCount'
                ? fill(doubt.kind === 'BACKWARDS' ? words.oldBackwards : words.oldToomuch, before)
                : fill(doubt.kind === 'BACKWARDS' ? words.newBackwards : words.newToomuch, after)).join(' ')
            : fill(words.fits, [...before, ...after]);
        form.querySelectorAll('[data-channel="' + CSS.escape(register.channel) + '"] input').forEach(input =>
            input.setAttribute('aria-invalid', String(register.doubts.some(doubt => doubt.field === input.dataset.count + 'Count'))));
        return register.doubts.length;
    }

    async function post(address, body, headers) {
        return fetch(address, {
            method: 'POST', body: JSON.stringify(body),
            headers: {'Content-Type': 'application/json', 'X-CSRF-Token': token, 'X-Requested-With': 'XMLHttpRequest', ...headers}
        });
    }

    async function problem(answer) {
        try {
            const told = await answer.json();
            return [told.detail, told.nextStep, told.reference].filter(Boolean).join('. ');
        } catch (failure) {
            return 'HTTP ' + answer.status + ' ' + failure;
        }
    }

    function complete() {
        return form.querySelector('#exchange-at').value && [...form.querySelectorAll('[data-count]')].every(input => input.value.trim());
    }

    /** @param quietly leave what was said last: it is why this comparison is made */
    async function compare(quietly) {
        if (!complete()) {
            return;
        }
        const mine = ++asked;
        if (!quietly) {
            said.className = 'said';
            said.textContent = words.checking;
        }
        try {
            const answer = await post(words.exchange + '/check', content());
            if (mine !== asked) {
                return;
            }
            if (!answer.ok) {
                said.className = 'said bad';
                said.textContent = await problem(answer);
                return;
            }
            if (!quietly) {
                said.textContent = '';
            }
            const doubts = (await answer.json()).registers.map(tell).reduce((sum, one) => sum + one, 0);
            confirm.hidden = doubts === 0;
            if (doubts === 0) {
                confirm.querySelector('input').checked = false;
            }
        } catch (failure) {
            said.className = 'said bad';
            said.textContent = document.body.dataset.offline + ' ' + failure;
        }
    }

    form.addEventListener('input', event => {
        if (event.target.name !== 'confirmed') {
            key = fresh();
        }
        if (event.target.matches('#exchange-at, [data-count]')) {
            clearTimeout(timer);
            timer = setTimeout(() => compare(false), 400);
        }
    });

    form.addEventListener('submit', async event => {
        event.preventDefault();
        const button = form.querySelector('button[type="submit"]');
        button.disabled = true;
        said.className = 'said';
        said.textContent = words.working;
        try {
            const answer = await post(words.exchange, content(), {'Idempotency-Key': key});
            if (answer.ok) {
                said.textContent = fill(words.done, [(await answer.json()).logIndex]);
                form.dataset.entered = 'true';
                return;
            }
            said.className = 'said bad';
            said.textContent = await problem(answer);
            await compare(true);
            form.querySelector('[aria-invalid="true"]')?.focus();
        } catch (failure) {
            said.className = 'said bad';
            said.textContent = document.body.dataset.offline + ' ' + failure;
        } finally {
            button.disabled = false;
        }
    });
})();
