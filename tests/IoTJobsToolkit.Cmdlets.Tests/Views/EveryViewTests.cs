using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Tests.Views;

/// <summary>What holds for the views of all that cmdlets write, also of cmdlets that are still to come.</summary>
public sealed class EveryViewTests : IDisposable
{
    private static readonly string[] Kinds = ["TableControl", "ListControl", "WideControl"];

    /// <summary>A record's own text, and the name of a .NET type.</summary>
    private static readonly Regex Dump = new(@"\w+ \{ \w+ = |System\.|<>z__|IoTJobsToolkit\.");

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_type_that_a_cmdlet_writes_has_a_table_a_list_and_a_wide_view()
    {
        var missing =
            from output in Outputs()
            let controls = Controls(output)
            from kind in Kinds.Except(controls)
            select $"{output.Name} has no {kind}";

        None(missing);
    }

    [Fact]
    public void No_type_is_shown_wide_unless_it_is_asked_for() =>
        None(Outputs().Where(output => Controls(output).FirstOrDefault() == "WideControl").Select(output => $"{output.Name} is shown wide: its wide view comes first"));

    [Fact]
    public void Every_type_that_a_cmdlet_writes_says_what_is_shown_first_of_it()
    {
        var undecided = Outputs().Where(output => Family(output).All(name =>
            _shell.Run($"(Get-TypeData -TypeName '{name}').DefaultDisplayPropertySet.ReferencedProperties").Succeeds().Output.Count == 0));

        None(undecided.Select(output => $"{output.Name} has no DefaultDisplayPropertySet"));
    }

    [Theory]
    [InlineData("Format-Table", 120)]
    [InlineData("Format-Table", 80)]
    [InlineData("Format-List", 120)]
    public void A_view_keeps_within_its_width_cuts_no_name_and_shows_no_record(string format, int width)
    {
        var wrong = new List<string>();
        foreach (var (type, sample) in Samples())
        {
            var lines = Format(sample, format, width);
            wrong.AddRange(lines.Where(line => line.Length > width).Select(line => $"{type.Name} is wider than {width}: {line}"));
            wrong.AddRange(lines.Where(line => line.Contains('…', StringComparison.Ordinal)).Select(line => $"{type.Name} is cut: {line}"));
            wrong.AddRange(lines.Where(line => Dump.IsMatch(line)).Select(line => $"{type.Name} shows a record: {line}"));
            wrong.AddRange(Uncut(type, string.Concat(lines)).Select(problem => $"{problem} in {format} of {width} columns"));
        }
        None(wrong);
    }

    [Fact]
    public void A_wide_view_keeps_within_120_columns_and_says_where_it_cuts()
    {
        var wrong = new List<string>();
        foreach (var (type, sample) in Samples())
        {
            var lines = Format(sample, "Format-Wide", 120);
            wrong.AddRange(lines.Where(line => line.Length > 120).Select(line => $"{type.Name} is wider than 120: {line}"));
            wrong.AddRange(lines.Where(line => Dump.IsMatch(line)).Select(line => $"{type.Name} shows a record: {line}"));
            wrong.AddRange(lines.Count == 0 ? [$"{type.Name} shows nothing"] : []);
        }
        None(wrong);
    }

    [Fact]
    public void A_part_of_an_answer_is_shown_in_words_wherever_it_stands()
    {
        var wrong = new List<string>();
        foreach (var type in Outputs().Select(output => output.Type).OfType<Type>().SelectMany(Parts).Distinct())
        {
            var shown = _shell.Run("$input | ForEach-Object { [pscustomobject]@{ Part = $_; List = @($_) } } | Format-List | Out-String -Width 500", Sample.Of(type)!);
            wrong.AddRange(Dump.IsMatch(shown.Succeeds().Text[0]) ? [$"{type.FullName} has no words: {shown.Text[0].Trim()}"] : []);
        }
        None(wrong);
    }

    [Fact]
    public void Objects_of_other_kinds_behind_a_table_are_shown_in_words_too()
    {
        var samples = Samples().Select(sample => sample.Sample).ToArray();

        var shown = _shell.Run("& { Get-Item /; $input } | Out-String -Width 200", samples).Succeeds().Text[0];

        Assert.DoesNotContain(shown.Split('\n'), line => Dump.IsMatch(line));
    }

    [Fact]
    public void Views_work_in_strict_scripts()
    {
        var samples = Samples().Select(sample => sample.Sample).ToArray();

        _shell.Run("Set-StrictMode -Version Latest; $all = @($input); $all | Format-Table | Out-String; $all | Format-List | Out-String; $all | Format-Wide | Out-String", samples).Succeeds();
        Assert.Empty(_shell.Run("$Error").Output);
    }

    /// <summary>The kinds of views of a type; the first is what it is shown in.</summary>
    private List<string> Controls(PSTypeName output) => [.. Family(output).SelectMany(name => _shell.Run(
        $"Get-FormatData -TypeName '{name}' | ForEach-Object {{ $_.FormatViewDefinition }} | ForEach-Object {{ $_.Control.GetType().Name }}").Succeeds().Text)];

    private List<string> Format(object sample, string format, int width) =>
        [.. _shell.Run($"$input | {format} | Out-String -Width {width}", sample).Succeeds().Text[0].Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    [Fact]
    public void Ten_thousand_rows_are_formatted_in_seconds()
    {
        var rows = Enumerable.Repeat(Sample.Of(typeof(JobExecutionSummaryForJob))!, 10_000).ToArray();

        var time = Stopwatch.StartNew();
        var lines = _shell.Run("$input | Format-Table | Out-String -Stream", rows).Succeeds().Output.Count;

        Assert.InRange(lines, 10_000, int.MaxValue);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    /// <summary>Which names of the object are not there with all their letters.</summary>
    private static IEnumerable<string> Uncut(Type type, string shown) =>
        from property in type.GetProperties()
        where property.PropertyType == typeof(string) && Sample.Names.ContainsKey(property.Name)
        let length = property.Name == "AccessKeyId" ? 20 : Sample.NameLength
        let letters = shown.Count(letter => letter == Sample.Names[property.Name])
        where letters < length
        select $"{type.Name} shows {letters} of the {length} characters of {property.Name}";

    /// <summary>All that is wrong, not only the beginning of it.</summary>
    private static void None(IEnumerable<string> wrong)
    {
        var all = string.Join(Environment.NewLine, wrong);
        Assert.True(all.Length == 0, all);
    }

    private IEnumerable<(Type Type, object Sample)> Samples() =>
        from type in Outputs().Select(output => output.Type).OfType<Type>().Distinct()
        let sample = Sample.Of(type)
        where sample is not null
        select (type, sample);

    /// <summary>All but texts, numbers, tables of values and background jobs, which PowerShell shows itself.</summary>
    private List<PSTypeName> Outputs() => [.. _shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Output
        .SelectMany(command => ((CmdletInfo)command.BaseObject).OutputType)
        .Where(output => output.Type is not { } type || !(type.IsPrimitive || type == typeof(string) || type == typeof(Job) || typeof(IDictionary).IsAssignableFrom(type)))
        .DistinctBy(output => output.Name)];

    /// <summary>The type and those which it derives from: a view of one is a view of the other.</summary>
    private static IEnumerable<string> Family(PSTypeName output)
    {
        if (output.Type is null)
        {
            yield return output.Name;
        }
        for (var type = output.Type; type is not null && type != typeof(object); type = type.BaseType)
        {
            yield return type.FullName!;
        }
    }

    /// <summary>The records that an answer is made of, however deep.</summary>
    private static IEnumerable<Type> Parts(Type type) => type.GetProperties()
        .SelectMany(property => property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments() : [property.PropertyType])
        .Where(part => part.IsClass && part != type && part.Namespace?.StartsWith("IoTJobsToolkit.Engine", StringComparison.Ordinal) == true)
        .SelectMany(part => Parts(part).Prepend(part));
}
