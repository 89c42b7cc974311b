"""The screens, each by the name that `show('…')` in the registry of actions calls it by.

To add a screen: write `tui/screens/<name>.py` with a class on `tui.screen.RasmiScreen`, naming its
scope (`class FindingsScreen(RasmiScreen, scope=Scope.FINDINGS)`); yield its widgets in `body()`;
put its look into `<name>.tcss` beside it (`CSS_PATH`), so that the start reads the first screen's
alone; add one line to `SCREENS` here. Give it actions by adding entries of its scope to
`tui/actions.py`: keys, key line, palette and help follow by themselves. An entry that does
`remove_rule` calls `action_remove_rule` of the screen; `why_not(name)` returns a sentence when that
makes no sense now. Text from data goes through `tui.text.T`, long reads through
`self.read_in_background(topic, read)`, whose answer comes back as a `Read` message; only the newest
of a topic counts. `self.session` holds the store, the actor and today.
"""

SCREENS: dict[str, str] = {
    "overview": "tui.screens.overview:OverviewScreen",
    "accounts": "tui.screens.accounts:AccountsScreen",
    "organisations": "tui.screens.organisations:OrganisationsScreen",
    "findings": "tui.screens.findings:FindingsScreen",
    "rules": "tui.screens.rules:RulesScreen",
    "import": "tui.screens.import_list:ImportScreen",
    "audit": "tui.screens.audit:AuditScreen",
    "check": "tui.screens.check:CheckScreen",
    "observe": "tui.screens.observe:ObserveScreen",
    "leads": "tui.screens.leads:LeadsScreen",
    "export": "tui.screens.export:ExportScreen",
}
"""Where each screen's class stands; imported when it is first shown."""

FIRST = "overview"
"""The screen the app opens on."""
