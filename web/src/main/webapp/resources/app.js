// The portal's own behaviour: light and dark, the menu on narrow screens, ages, and pages that stay current without
// being loaded again. A live page is asked for again as a whole, and the parts that are marked replace those shown.
(function () {
    'use strict';
    const page = document.documentElement;
    const banner = document.getElementById('banner');

    // light and dark
    document.querySelector('.theme')?.addEventListener('click', () => {
        const dark = page.dataset.theme === 'dark' || (page.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
        page.dataset.theme = dark ? 'light' : 'dark';
        document.cookie = 'theme=' + page.dataset.theme + ';path=/;max-age=31536000;SameSite=Lax';
        window.energyCharts?.draw();
    });

    // menu on narrow screens; sheets close on Escape and on a click elsewhere
    const burger = document.querySelector('.burger');
    burger?.addEventListener('click', () => {
        const open = burger.closest('.side').classList.toggle('open');
        burger.setAttribute('aria-expanded', String(open));
    });
    document.addEventListener('click', event =>
        document.querySelectorAll('.top details[open]').forEach(one => { if (!one.contains(event.target)) { one.open = false; } }));
    document.addEventListener('keydown', event => {
        if (event.key === 'Escape') {
            document.querySelectorAll('.top details[open]').forEach(one => { one.open = false; one.querySelector('summary').focus(); });
        }
    });

    // ages
    const relative = new Intl.RelativeTimeFormat(page.lang || 'en', {numeric: 'always', style: 'short'});
    function ages() {
        document.querySelectorAll('time[data-age]').forEach(one => {
            const seconds = Math.max(0, Math.round((Date.now() - Date.parse(one.dateTime)) / 1000));
            const [count, unit] = seconds < 120 ? [seconds, 'second'] : seconds < 7200 ? [Math.round(seconds / 60), 'minute']
                : seconds < 172800 ? [Math.round(seconds / 3600), 'hour'] : [Math.round(seconds / 86400), 'day'];
            const text = relative.format(-count, unit);
            if (one.textContent !== text) {
                one.textContent = text;
            }
            one.closest('.live')?.classList.toggle('old', seconds > 90);
        });
    }
    ages();
    setInterval(ages, 1000);

    // staying current
    function say(text, link) {
        banner.textContent = text + ' ';
        if (link) {
            const again = document.createElement('a');
            again.href = location.href;
            again.textContent = link;
            banner.append(again);
        }
        banner.hidden = !text;
    }

    function take(fresh) {
        document.querySelectorAll('[data-live][id]').forEach(shown => {
            const now = fresh.getElementById(shown.id);
            if (now && now.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
                shown.innerHTML = now.innerHTML;
            }
        });
        document.querySelectorAll('.ui-datatable tbody[id]').forEach(shown => {
            const now = fresh.getElementById(shown.id);
            if (now && now.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
                shown.innerHTML = now.innerHTML;
            }
        });
        window.energyCharts?.draw();
        ages();
    }

    async function refresh() {
        try {
            const answer = await fetch(location.href, {headers: {'X-Requested-With': 'XMLHttpRequest'}, redirect: 'manual', cache: 'no-store'});
            if (answer.status === 401 || answer.type === 'opaqueredirect') {
                say(document.body.dataset.signedOut, document.body.dataset.signIn);
                return false;
            }
            if (!answer.ok) {
                say(document.body.dataset.offline);
                return true;
            }
            take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
            say('');
        } catch (failure) {
            console.warn('live update failed', failure);
            say(document.body.dataset.offline);
        }
        return true;
    }

    const seconds = Number(document.body.dataset.refresh || 0);
    if (seconds > 0) {
        const next = async () => {
            const goOn = document.hidden || await refresh();
            if (goOn) {
                setTimeout(next, seconds * 1000);
            }
        };
        setTimeout(next, seconds * 1000);
        document.addEventListener('visibilitychange', () => { if (!document.hidden) { refresh(); } });
    }

    // actions: our own token shows that the request comes from this page
    const token = document.querySelector('meta[name="csrf"]')?.content || '';
    async function problem(answer) {
        try {
            const said = await answer.json();
            const rows = (said.errors || []).map(one => '\n' + one.row + ', ' + one.column + ': ' + one.why).join('');
            return [said.detail, said.nextStep, said.reference].filter(Boolean).join('. ') + rows;
        } catch (failure) {
            return 'HTTP ' + answer.status + ' ' + failure;
        }
    }

    document.querySelectorAll('form[data-report]').forEach(form => form.addEventListener('submit', async event => {
        event.preventDefault();
        const said = form.querySelector('.said');
        const button = form.querySelector('button[type="submit"]');
        const wanted = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
        button.disabled = true;
        said.className = 'said';
        said.textContent = form.dataset.working;
        try {
            const answer = await fetch(form.dataset.report, {
                method: 'POST', headers: {'Content-Type': 'application/json', 'X-CSRF-Token': token, 'X-Requested-With': 'XMLHttpRequest'},
                body: JSON.stringify(wanted)
            });
            if (!answer.ok) {
                said.className = 'said bad';
                said.textContent = await problem(answer);
                return;
            }
            const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') || '');
            const link = document.createElement('a');
            link.href = URL.createObjectURL(await answer.blob());
            link.download = name ? name[1] : 'report.' + wanted.format;
            link.click();
            said.textContent = form.dataset.done.replace('{0}', answer.headers.get('X-Report-Id')).replace('{1}', answer.headers.get('X-Log-Size'));
        } catch (failure) {
            said.className = 'said bad';
            said.textContent = document.body.dataset.offline + ' ' + failure;
        } finally {
            button.disabled = false;
        }
    }));

    // forms that write to the log: fields as JSON; a list where the field says so; then the page as it is now
    document.querySelectorAll('form[data-send]').forEach(form => form.addEventListener('submit', async event => {
        event.preventDefault();
        const said = form.querySelector('.said');
        const buttons = form.querySelectorAll('button[type="submit"]');
        const fields = new FormData(form);
        const sent = Object.fromEntries([...fields].filter(([, value]) => value !== ''));
        form.querySelectorAll('[data-list]').forEach(field => { sent[field.name] = fields.getAll(field.name); });
        buttons.forEach(button => { button.disabled = true; });
        said.className = 'said';
        said.textContent = form.dataset.working;
        try {
            // a form with a table sends it as it is, and what else it asks for in the address
            const table = form.dataset.table;
            const address = event.submitter?.dataset.to || form.dataset.send;
            const asked = Object.entries(sent).filter(([name]) => name !== table);
            const answer = await fetch(table ? address + '?' + new URLSearchParams(asked) : address, {
                method: 'POST',
                headers: {'Content-Type': table ? 'text/csv' : 'application/json', 'X-CSRF-Token': token, 'X-Requested-With': 'XMLHttpRequest'},
                body: table ? sent[table] : JSON.stringify(sent)
            });
            if (answer.ok) {
                location.reload();
                return;
            }
            said.className = 'said bad';
            said.textContent = await problem(answer);
        } catch (failure) {
            said.className = 'said bad';
            said.textContent = document.body.dataset.offline + ' ' + failure;
        }
        buttons.forEach(button => { button.disabled = false; });
    }));

    // a chosen file is shown before it is sent
    document.addEventListener('change', async event => {
        const into = event.target.closest('input[type="file"][data-into]');
        if (into && into.files.length) {
            document.getElementById(into.dataset.into).value = await into.files[0].text();
        }
    });

    document.addEventListener('click', event => {
        const button = event.target.closest('button[data-save]');
        if (!button) {
            return;
        }
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([document.getElementById(button.dataset.save).textContent], {type: 'text/plain'}));
        link.download = button.dataset.file;
        link.click();
    });

    document.addEventListener('click', async event => {
        const button = event.target.closest('button[data-post]');
        if (!button) {
            return;
        }
        button.disabled = true;
        const answer = await fetch(button.dataset.post, {method: 'POST', headers: {'X-CSRF-Token': token, 'X-Requested-With': 'XMLHttpRequest'}});
        if (answer.ok) {
            const said = await answer.json();
            button.replaceWith(said.outcome + (said.reason ? ': ' + said.reason : ''));
        } else {
            button.replaceWith(await problem(answer));
        }
    });
})();
