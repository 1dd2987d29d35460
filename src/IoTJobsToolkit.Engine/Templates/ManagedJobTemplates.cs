using System.Text.RegularExpressions;
using static IoTJobsToolkit.Engine.Templates.ManagedDocument;

namespace IoTJobsToolkit.Engine.Templates;

/// <summary>The managed templates, by name (jobs-reference 12.2). What a version of one says never changes: jobs refer to it.</summary>
public static class ManagedJobTemplates
{
    public const string DefaultVersion = "1.0";

    private const string AnyText = "(.*?)";

    private static readonly DocumentParameter RunAsUser = new(
        "runAsUser", "User of the device whose rights the action runs with; the agent's own user where it is empty.", "(.){0,256}", "root", true);

    private static readonly DocumentParameter PathToHandler = new(
        "pathToHandler", "Folder of the device in which the handler lies; the agent's own handlers are used where it is empty.",
        "(.){0,4096}", "/usr/share/aws-iot-device-client/handlers", true);

    private static readonly Regex ManagedArn = new(@"\Aarn:[^:]+:iot:[^:]*::jobtemplate/", RegexOptions.CultureInvariant);

    /// <summary>By name, ordinal.</summary>
    public static IReadOnlyList<ManagedJobTemplate> All { get; } =
    [
        Handler(
            "AWS-Download-File", "Downloads a file to the device.", "download-file.sh",
            Required("downloadUrl", "Address which the file is downloaded from.", "https://example.com/firmware/image.bin"),
            Required("filePath", "Path on the device at which the file is kept.", "/var/lib/firmware/image.bin")),
        Handler(
            "AWS-Install-Application", "Installs packages with the device's package manager.", "install-packages.sh",
            Required("packages", "Names of the packages to install, separated by blanks.", "nginx curl")),
        Handler("AWS-Reboot", "Restarts the device.", "reboot.sh"),
        Handler(
            "AWS-Remove-Application", "Removes packages with the device's package manager.", "remove-packages.sh",
            Required("packages", "Names of the packages to remove, separated by blanks.", "nginx curl")),
        Handler(
            "AWS-Restart-Application", "Restarts services of the device.", "restart-services.sh",
            Required("services", "Names of the services to restart, separated by blanks.", "nginx ntp")),
        Command(
            "AWS-Run-Command", "Runs a shell command on the device.",
            Required("command", "The command; its arguments are separated by commas.", "echo,hello")),
        Handler(
            "AWS-Start-Application", "Starts services of the device.", "start-services.sh",
            Required("services", "Names of the services to start, separated by blanks.", "nginx ntp")),
        Handler(
            "AWS-Stop-Application", "Stops services of the device.", "stop-services.sh",
            Required("services", "Names of the services to stop, separated by blanks.", "nginx ntp")),
    ];

    /// <summary>The template; null when there is none of this name and version.</summary>
    public static ManagedJobTemplate? Find(string name, string? version = null) =>
        All.FirstOrDefault(template => template.Name == name && template.Version == (version ?? DefaultVersion));

    /// <summary>The template whose ARN ends so: <c>NAME:VERSION</c> after the last slash.</summary>
    internal static ManagedJobTemplate? FindByArn(string arn) =>
        arn[(arn.LastIndexOf('/') + 1)..].Split(':') is [var name, var version] ? Find(name, version) : null;

    /// <summary>Whether an ARN has the form of a managed template's, which names no account.</summary>
    internal static bool IsArn(string arn) => ManagedArn.IsMatch(arn);

    private static DocumentParameter Required(string key, string description, string example) => new(key, description, AnyText, example, false);

    private static ManagedJobTemplate Handler(string name, string description, string handler, params DocumentParameter[] required) => new(
        name, DefaultVersion, description, [.. required, RunAsUser, PathToHandler],
        RunHandler(name["AWS-".Length..], handler, required, PathToHandler, RunAsUser));

    private static ManagedJobTemplate Command(string name, string description, DocumentParameter command) => new(
        name, DefaultVersion, description, [command, RunAsUser], RunCommand(name["AWS-".Length..], command, RunAsUser));
}
