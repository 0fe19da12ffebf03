// A prebuilt JupyterLab extension, written by hand: one module, no bundler.
//
// It runs the cells of a notebook when it is opened, but only of a notebook that `workbench lab` named at this start
// and whose code is, character for character, the code that ships with the workbench. Any other notebook waits for
// its reader, as everywhere in Jupyter: running on opening is running somebody's code.
(() => {
  "use strict";

  const NAME = "curation-workbench";
  const SHOWN = "workbench-code-shown";
  const PAGE = "workbench-page";
  const ALONE = "workbench-alone";
  const PATIENCE = 12_000;
  // What this file says itself, before any widget and its catalogue are there: in the browser's language.
  const WORDS = {
    en: {
      show: "Show code",
      hide: "Hide code",
      silent: "The kernel of this page does not answer. It may be busy, or it may have stopped for good. What you saved is safe.",
      again: "Start it again",
    },
    fr: {
      show: "Montrer le code",
      hide: "Cacher le code",
      silent: "Le noyau de cette page ne répond pas. Il est peut-être occupé, ou arrêté pour de bon. Ce que vous avez enregistré est en sûreté.",
      again: "Le redémarrer",
    },
    zh: {
      show: "显示代码",
      hide: "隐藏代码",
      silent: "此页面的内核没有响应。它可能正忙，也可能已经停止。您保存的内容是安全的。",
      again: "重新启动",
    },
  };
  const SAID = WORDS[navigator.language.slice(0, 2)] ?? WORDS.en;
  // A link to a conversation. JupyterLab writes the address anew while it opens the notebook and drops this part.
  let asked = /^#browse=/.test(location.hash) ? location.hash : "";

  // The rules hide inputs, prompts and the bars beside them; outputs take the whole width. A page that is nothing but
  // the application fills the window below the menu.
  const STYLE = `
    .${PAGE}:not(.${SHOWN}) .jp-CodeCell .jp-Cell-inputWrapper,
    .${PAGE}:not(.${SHOWN}) .jp-OutputPrompt,
    .${PAGE}:not(.${SHOWN}) .jp-InputPrompt,
    .${PAGE}:not(.${SHOWN}) .jp-Collapser,
    .${PAGE}:not(.${SHOWN}) .jp-cell-toolbar,
    .${PAGE}:not(.${SHOWN}) .jp-Notebook-footer { display: none; }
    .${PAGE}:not(.${SHOWN}) .jp-CodeCell { padding: 0; margin: 0; }
    .${PAGE}:not(.${SHOWN}) .jp-MarkdownCell { max-width: 76ch; padding: 0 8px; }
    .${PAGE}:not(.${SHOWN}) .jp-CodeCell .jp-OutputArea-output { padding: 0; overflow: visible; }
    .${PAGE}:not(.${SHOWN}) .jp-Cell-outputWrapper { margin: 0; }
    .${PAGE}.${SHOWN} .jp-CodeCell.jp-Cell .jp-Cell-inputWrapper.jp-Cell-inputWrapper { display: flex; }
    .${PAGE}.${ALONE}:not(.${SHOWN}) .jp-Notebook .jp-WindowedPanel-outer { padding: 0; }
    .${PAGE}.${ALONE}:not(.${SHOWN}) .jp-Notebook .jp-WindowedPanel-viewport { padding: 6px; box-sizing: border-box; }
    .${PAGE}.${ALONE}:not(.${SHOWN}) .jp-Notebook .jp-WindowedPanel-outer::after { display: none; }
    .${PAGE}.${ALONE}:not(.${SHOWN}) .wb-root[data-workbench=app] { height: max(520px, calc(100vh - 40px)); }
    .${PAGE}-code {
      align-self: center; margin: 0 8px; padding: 2px 10px; cursor: pointer; white-space: nowrap;
      font: inherit; font-size: var(--jp-ui-font-size1); color: var(--jp-ui-font-color1);
      background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color1); border-radius: 3px;
    }
    .${PAGE}-code:focus-visible { outline: 2px solid var(--jp-brand-color1); }
    .${PAGE}-silent {
      position: absolute; z-index: 1; left: 0; right: 0; top: 20%; margin: auto; max-width: 52ch; padding: 16px 20px;
      font-size: var(--jp-ui-font-size2); color: var(--jp-ui-font-color1);
      background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color1); border-radius: 6px;
    }
    .${PAGE}-silent p { margin: 0 0 12px; }
    .${PAGE}-silent .${PAGE}-code { margin: 0; padding: 4px 14px; }
    #jp-menu-panel .${PAGE}-slot { position: absolute; right: 8px; top: 2px; }
  `;

  function launch() {
    const data = document.getElementById("jupyter-config-data");
    const { workbench, treePath } = data ? JSON.parse(data.textContent) : {};
    return workbench ? { ...workbench, named: /\.[^/.]+$/.test(treePath || "") } : null;
  }

  const isNotebook = (widget) => Boolean(widget?.context && widget.sessionContext && widget.content?.model?.cells);
  const cellsOf = (model) => Array.from(model.cells);
  const codeOf = (model) =>
    cellsOf(model).filter((cell) => cell.type === "code").map((cell) => cell.sharedModel.getSource());
  const textOf = (model) => JSON.stringify(cellsOf(model).map((cell) => [cell.type, cell.sharedModel.getSource()]));
  const same = (some, other) => some.length === other.length && some.every((text, i) => text === other[i]);

  // Running a page fills in outputs and counters; nobody asked to save those. Without this, leaving it would ask
  // about unsaved changes, and two windows on it would overwrite each other's file. A person's own edit stays unsaved
  // work, as always.
  function ignoreOutputs(model) {
    const text = textOf(model);
    const settle = () => {
      if (model.dirty && textOf(model) === text) model.dirty = false;
    };
    model.stateChanged.connect((_, change) => {
      if (change.name === "dirty" && change.newValue) queueMicrotask(settle);
    });
    settle();
  }

  // Alone in its window, a page of ours needs no bars around it; any other document gets them back.
  function arrange(app, bare) {
    const { shell } = app;
    if (shell.mode !== "single-document") return;
    for (const side of ["left", "right"]) if (shell.isSideTabBarVisible(side) === bare) shell.toggleSideTabBarVisibility(side);
    if (shell.isTopInSimpleModeVisible() === bare) shell.toggleTopInSimpleModeVisibility();
    for (const widget of shell.widgets("bottom")) widget.setHidden(bare);
  }

  function addCodeButton(app, panel, Widget, alone) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${PAGE}-code`;
    const show = (shown) => {
      panel.toggleClass(SHOWN, shown);
      if (alone) panel.toolbar.setHidden(!shown);
      button.textContent = shown ? SAID.hide : SAID.show;
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => show(!panel.hasClass(SHOWN)));
    show(false);
    const slot = new Widget({ node: button });
    slot.id = `${PAGE}-code-${panel.id}`;
    if (alone) addToMenu(app, panel, slot);
    else panel.toolbar.addItem(`${PAGE}-code`, slot);
  }

  function addToMenu(app, panel, slot) {
    slot.addClass(`${PAGE}-slot`);
    app.shell.add(slot, "menu", { rank: 1000 });
    app.shell.currentChanged?.connect(() => slot.setHidden(app.shell.currentWidget !== panel));
    panel.disposed.connect(() => slot.dispose());
  }

  function bringBackTheLink() {
    if (asked) history.replaceState(history.state, "", asked);
    asked = "";
  }

  // A widget dies with its kernel; when the kernel comes back, so does the page.
  function runOnceReady(panel, code, NotebookActions) {
    const { sessionContext, content } = panel;
    let gone = true;
    const run = () => {
      if (!gone || sessionContext.kernelDisplayStatus !== "idle" || !same(codeOf(content.model), code)) return;
      gone = false;
      bringBackTheLink();
      void NotebookActions.runAll(content, sessionContext);
    };
    sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") gone = true;
      run();
    });
    run();
    // The page's own button, when it lost its kernel: a kernel that is gone is begun anew, then the cells run.
    panel.node.addEventListener("workbench:reopen", () => {
      gone = true;
      const kernel = sessionContext.session?.kernel;
      if (!kernel || kernel.status === "dead" || kernel.connectionStatus === "disconnected") {
        void sessionContext.restartKernel().then(run);
      } else run();
    });
  }

  const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms, false));

  // Says that nobody answers, and offers to begin anew. The page is loaded again after that: JupyterLab's own way back
  // to a kernel it restarted while that one was silent misses the first answer now and then, and waits for ever.
  function silentBox(panel) {
    const box = document.createElement("div");
    box.className = `${PAGE}-silent`;
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = SAID.silent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${PAGE}-code`;
    button.textContent = SAID.again;
    button.addEventListener("click", () => {
      button.disabled = true;
      void panel.sessionContext.restartKernel().finally(() => location.reload());
    });
    box.append(text, button);
    panel.node.append(box);
    button.focus();
    return box;
  }

  // A kernel that stopped for good never answers, and JupyterLab says so only in a bar that this page hides.
  async function kernelAnswers(panel) {
    const answered = panel.sessionContext.session?.kernel?.info.then(() => true);
    if (!answered || (await Promise.race([answered, later(PATIENCE)])) || panel.isDisposed) return;
    const box = silentBox(panel);
    await answered;
    box.remove();
  }

  async function begin(app, panel, startable, { Widget, NotebookActions }) {
    await panel.context.ready;
    await panel.revealed;
    const model = panel.content.model;
    const code = startable[panel.context.path];
    if (!code || !same(codeOf(model), code)) return;
    const alone = app.shell.mode === "single-document";
    panel.addClass(PAGE);
    panel.toggleClass(ALONE, alone && model.cells.length === 1);
    arrange(app, true);
    addCodeButton(app, panel, Widget, alone);
    for (const cell of cellsOf(model)) if (cell.type === "code") cell.clearExecution();
    ignoreOutputs(model);
    // The session is begun by JupyterLab itself: beginning it here as well opens its "Select Kernel" dialog.
    await panel.sessionContext.ready;
    await kernelAnswers(panel);
    if (!panel.isDisposed) runOnceReady(panel, code, NotebookActions);
  }

  async function activate(app, shared) {
    const launched = launch();
    if (!launched) return;
    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);
    const { Widget } = await shared("@lumino/widgets");
    const { NotebookActions } = await shared("@jupyterlab/notebook");
    const seen = new WeakSet();
    const look = () => {
      const panel = app.shell.currentWidget;
      arrange(app, Boolean(panel?.hasClass(PAGE)));
      if (!isNotebook(panel) || seen.has(panel)) return;
      seen.add(panel);
      void begin(app, panel, launched.startable, { Widget, NotebookActions });
    };
    await app.restored;
    app.shell.currentChanged?.connect(look);
    look();
    // An address that names a document opens that; any other leads to the application, unless work lies open already.
    const open = Array.from(app.shell.widgets("main")).some((widget) => widget.context);
    if (!launched.named && !open) await app.commands.execute("docmanager:open", { path: launched.application });
  }

  // JupyterLab hands its own copies of the libraries to `init`, by name and version.
  let scope = {};
  async function shared(name) {
    const [entry] = Object.values(scope[name]);
    return (await entry.get())();
  }

  const plugin = { id: `${NAME}:start`, autoStart: true, activate: (app) => void activate(app, shared) };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: (given) => {
      scope = given;
    },
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
