"""The enumeration of every channel; its contract stands in ``shared.channels``.

The first thirteen names and values are those of the Browser OS document
(*IPC Communication Architecture*, "Channel Structure").
"""

from enum import StrEnum


class IPCChannel(StrEnum):
    """A named, enumerated end point. What is not here (or in a plugin's manifest) cannot be sent."""

    # The Browser OS document
    WINDOW_CREATE = "window:create"
    WINDOW_CLOSE = "window:close"
    WINDOW_UPDATE = "window:update"
    TAB_CREATE = "tab:create"
    TAB_UPDATE = "tab:update"
    TAB_DELETE = "tab:delete"
    NAVIGATE = "navigate"
    NAVIGATE_BACK = "navigate:back"
    NAVIGATE_FORWARD = "navigate:forward"
    SETTINGS_UPDATE = "settings:update"
    SETTINGS_GET = "settings:get"
    SYSTEM_EVENT = "system:event"
    POWER_STATE = "power:state"

    # The link itself
    LINK_HELLO = "link:hello"
    LINK_WELCOME = "link:welcome"
    LINK_CANCEL = "link:cancel"
    LINK_PING = "link:ping"
    LINK_ECHO = "link:echo"
    LINK_NOTE = "link:note"
    LINK_GENERATION = "link:generation"

    # Processes
    PROCESS_FORK = "process:fork"
    HOST_OPEN_TAB = "host:open_tab"

    # Pages
    PAGE_OPEN = "page:open"
    PAGE_ICON = "page:icon"
    PAGE_LOAD_FAILED = "page:load_failed"
    PAGE_POPUP = "page:popup"
    PAGE_RENDERER_GONE = "page:renderer_gone"
    PAGES_LIST = "pages:list"
    NAVIGATE_RELOAD = "navigate:reload"
    NAVIGATE_STOP = "navigate:stop"

    # State documents
    APPEARANCE_STATE = "appearance:state"
    SETTINGS_STATE = "settings:state"

    # Surface and input
    SURFACE_BUFFER = "surface:buffer"
    SURFACE_GEOMETRY = "surface:geometry"
    SURFACE_FRAME = "surface:frame"
    SURFACE_RELEASE = "surface:release"
    SURFACE_VISIBILITY = "surface:visibility"
    SURFACE_CURSOR = "surface:cursor"
    INPUT_POINTER = "input:pointer"
    INPUT_WHEEL = "input:wheel"
    INPUT_KEY = "input:key"
    INPUT_FOCUS = "input:focus"
    INPUT_LEAVE = "input:leave"

    # Local sockets
    INSTANCE_OPEN = "instance:open"
    INSPECTOR_ATTACH = "inspector:attach"
    INSPECTOR_DESCRIBE = "inspector:describe"
    INSPECTOR_RECORDS = "inspector:records"
