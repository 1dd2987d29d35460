using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Events;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Completes what is known without any connection.</summary>
public abstract class FixedCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var search = new NameSearch(wordToComplete, commandName, parameterName, fakeBoundParameters);
        Find(search);
        return search.Results;
    }

    private protected abstract void Find(NameSearch search);
}

/// <summary>Families of events, each as a switch to turn on.</summary>
public sealed class EventConfigurationCompleter : FixedCompleter
{
    private protected override void Find(NameSearch search)
    {
        foreach (var family in Enum.GetNames<EventType>())
        {
            search.AddScript($"@{{ {family} = $true }}", $"Publish events of {family}; those which are not named stay as they are.");
        }
    }
}

/// <summary>Names of the operations which change something.</summary>
public sealed class OperationNameCompleter : FixedCompleter
{
    private static readonly Regex Reads = new("^(Describe|Get|List|Search|Check|Read|Find)");

    private protected override void Find(NameSearch search)
    {
        var operations = typeof(Operation).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && !Reads.IsMatch(type.Name));
        foreach (var name in operations.Select(operation => operation.Name).Concat(["SignIn", "SignInFailed"]).Distinct().Order(StringComparer.Ordinal))
        {
            search.Add(name, null);
        }
    }
}

/// <summary>Regions of AWS IoT.</summary>
public sealed class RegionCompleter : FixedCompleter
{
    private static readonly string[] Regions =
    [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1",
        "eu-south-1", "eu-south-2", "ap-east-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "me-south-1", "me-central-1", "af-south-1", "cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1",
    ];

    private protected override void Find(NameSearch search)
    {
        foreach (var region in Regions)
        {
            search.Add(region, null);
        }
    }
}

/// <summary>Names of the profiles in the files of AWS's own tools. Nothing else of the files is kept.</summary>
public sealed class ProfileNameCompleter : FixedCompleter
{
    private static readonly Regex Section = new(@"^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]");

    private protected override void Find(NameSearch search)
    {
        foreach (var file in Files(search.Text("ProfileLocation")).Where(File.Exists))
        {
            try
            {
                foreach (var name in File.ReadLines(file).Select(line => Section.Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value))
                {
                    if (!name.StartsWith("sso-session ", StringComparison.Ordinal) && !name.StartsWith("services ", StringComparison.Ordinal))
                    {
                        search.Add(name, $"profile of {file}");
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The Tab key says nothing of files that cannot be read.
            }
        }
    }

    private static string[] Files(string? given)
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        return given is { Length: > 0 }
            ? [given]
            :
            [
                Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(folder, "credentials"),
                Environment.GetEnvironmentVariable("AWS_CONFIG_FILE") ?? Path.Combine(folder, "config"),
            ];
    }
}
