using System.Reflection;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Cmdlets.Tests.Errors;

/// <summary>docs/errors.md names every id that the module writes, and tests provoke each.</summary>
public sealed class ErrorIdTests
{
    /// <summary>What cannot be provoked here, and why.</summary>
    private static readonly Dictionary<string, string> NotProvoked = new()
    {
        ["ServerTimeout"] = "A server has to be silent for 75 seconds.",
        ["NotSigned"] = "A key has to be of hardware that refuses.",
        ["DatabaseNotOpened"] = "It is for what nobody foresaw.",
        ["UnauthorizedAccessException"] = "Whoever runs the tests may be allowed everything.",
        ["DatabaseFormatException"] = "The tests of the store provoke it: its files are written by nobody else.",
        ["JobFailed"] = "It is for what nobody foresaw in the background.",
        ["StoreFailedException"] = "The disk has to fail while the file is being opened.",
    };

    private static readonly Regex Written = new("""
        "(?<id>[A-Z][A-Za-z]+)"(?=[^;"]{0,20}(?:"[A-Z][A-Za-z]+")?[^;"]{0,8}ErrorCategory\.(?<category>\w+))
        """);

    private static readonly string Sources = string.Concat(
        Files(Path.Combine("src", "IoTJobsToolkit.Cmdlets"), "*.cs").Select(File.ReadAllText));

    private static IEnumerable<(string Id, string Category)> OfModule => Written.Matches(Sources)
        .Select(match => (match.Groups["id"].Value, match.Groups["category"].Value)).Distinct();

    /// <summary>Of the engine, of servers, of what is said twice, and of a database that cannot be opened.</summary>
    private static IEnumerable<string> Others =>
    [
        .. Enum.GetNames<JobsError>().Select(name => name + "Exception"),
        .. typeof(ErrorNames).GetFields(BindingFlags.Public | BindingFlags.Static).Where(name => name.IsLiteral).Select(name => (string)name.GetRawConstantValue()!),
        .. Quoted("RequestRefusal.cs", "^[A-Z][A-Za-z]+(Exception|Id|Match|Token|Expired|Skewed|Future)$"),
        .. Quoted("TwoWays.cs", "^[A-Z][A-Za-z]+GivenTwice$"),
        .. Quoted("OpenFailure.cs", "^[A-Z][A-Za-z]+(Exception|Opened)$"),
    ];

    [Fact]
    public void Every_id_that_the_module_writes_is_documented_with_its_category()
    {
        Assert.InRange(OfModule.Count(), 30, 200);
        Named(OfModule.Where(written => !ErrorTable.Rows.Any(row => row.Id == written.Id && row.Categories.Contains(written.Category))));
        Named(Others.Except(ErrorTable.Rows.Select(row => row.Id)));
    }

    [Fact]
    public void Every_documented_id_is_one_that_the_module_writes_and_stands_there_once()
    {
        Named(ErrorTable.Rows.Select(row => row.Id).Except(OfModule.Select(written => written.Id).Concat(Others)));
        Named(ErrorTable.Rows.GroupBy(row => row.Id).Where(rows => rows.Count() > 1).Select(rows => rows.Key));
    }

    /// <summary>Those of servers all in <see cref="ServerErrorTests"/>.</summary>
    [Fact]
    public void A_test_provokes_every_id()
    {
        var tests = string.Concat(Files(Path.Combine("tests", "IoTJobsToolkit.Cmdlets.Tests"), "*.cs")
            .Where(file => !file.EndsWith("ErrorIdTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        Named(ErrorTable.Rows.Where(row => row.Section is not (ErrorTable.Rules or ErrorTable.Server)).Select(row => row.Id)
            .Where(id => !NotProvoked.ContainsKey(id) && !tests.Contains($"\"{id}\"", StringComparison.Ordinal)));
        Named(NotProvoked.Keys.Where(id => tests.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }

    /// <summary>All of them stand in the failure.</summary>
    private static void Named<T>(IEnumerable<T> found) => Assert.True(!found.Any(), string.Join('\n', found));

    private static IEnumerable<string> Quoted(string file, string pattern) => Regex
        .Matches(File.ReadAllText(Files(Path.Combine("src", "IoTJobsToolkit.Cmdlets"), file).Single()), "\"([^\"]+)\"")
        .Select(match => match.Groups[1].Value).Where(text => Regex.IsMatch(text, pattern)).Distinct();

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Shell.Repository, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
