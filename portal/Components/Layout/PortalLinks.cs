namespace IoTJobsToolkit.Portal.Components.Layout;

/// <summary>Addresses of the pages, relative to the base.</summary>
public static class PortalLinks
{
    public const string Settings = "portal/settings";

    public static string Job(string jobId) => $"portal/jobs/{Uri.EscapeDataString(jobId)}";

    public static string Thing(string thingName) => $"portal/things/{Uri.EscapeDataString(thingName)}";
}
