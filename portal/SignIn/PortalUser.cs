using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Who looks at the pages, as the pages and the history of changes know them.</summary>
/// <param name="Name">Null where nobody is asked.</param>
public readonly record struct PortalUser(string? Name, AccessRole Role);
