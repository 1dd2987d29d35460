namespace IoTJobsToolkit.Portal.Components.Layout;

/// <summary>Which pages belong together: each area has a style sheet, whose rules hold below its class alone.</summary>
public static class PageArea
{
    /// <param name="path">Relative to the base, without query.</param>
    /// <returns>Empty for pages that need no rules of their own.</returns>
    public static string ClassOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Split('/') switch
        {
            [PortalLinks.Now] => "area-now",
            ["portal", "jobs", _] => "area-job",
            ["portal", "jobs", ..] => "area-jobs",
            ["portal", "create-job" or "import-jobs" or "create-template" or "templates", ..] => "area-form",
            ["portal", "things" or "groups", ..] => "area-fleet",
            ["portal", "activity" or "settings", ..] => "area-settings",
            _ => "",
        };
    }
}
