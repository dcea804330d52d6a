"""大屏: the meeting-room screen."""
