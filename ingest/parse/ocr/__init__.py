"""Text in pictures and scans, recognised by models that come with their package: no network, ever."""
