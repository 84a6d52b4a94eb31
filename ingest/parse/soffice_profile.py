"""The settings that LibreOffice runs with: no macros, no links followed, nothing fetched, no questions asked."""

_JOBS = "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs"
_ITEMS = (
    # Macros: never, not even signed ones or those in trusted places.
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    # Links to other files and pages: not followed, their last content stays.
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Load", "UpdateDocMode", "0"),
    # A proxy where nobody listens, in case something is asked for all the same.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    # No first-start pages, updates or crash reports.
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    (f"{_JOBS}:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)
_ITEM = '<item oor:path="{0}"><prop oor:name="{1}" oor:op="fuse"><value>{2}</value></prop></item>'

SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    + "\n".join(_ITEM.format(*item) for item in _ITEMS)
    + "\n</oor:items>\n"
)
"""`registrymodifications.xcu` of the profile."""
