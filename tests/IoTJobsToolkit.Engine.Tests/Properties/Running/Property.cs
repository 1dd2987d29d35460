using System.Globalization;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using IoTJobsToolkit.Engine.Tests.Properties.Programs;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>The property: on any program the engine does what the model does, whatever the pace, and both paces leave the same histories.</summary>
internal sealed record Property(Func<DateTimeOffset, JobsModel> Model, Func<Func<IJobsStore>> NewStore, Features Features)
{
    public static Property Default { get; } = new(now => new(now), InMemory, Features.Today);

    /// <summary>What the programs tried so far did, in words, and how often.</summary>
    public Dictionary<string, int> Reached { get; init; } = [];

    /// <summary>How many programs a run tries: <c>IOTJOBS_PROPERTY_PROGRAMS</c>, else what the test says.</summary>
    public static int Programs(int otherwise) => Number("IOTJOBS_PROPERTY_PROGRAMS") ?? otherwise;

    /// <summary>The program to begin with: <c>IOTJOBS_PROPERTY_FIRST</c>, else 0.</summary>
    private static int First => Number("IOTJOBS_PROPERTY_FIRST") ?? 0;

    /// <summary>Null, or the first failing program in its shortest form, with what is different.</summary>
    public async Task<string?> FindFailureAsync(int programs, CancellationToken cancellation)
    {
        for (var number = First; number < First + programs; number++)
        {
            var program = ProgramGen.Program(number, Features);
            if (await DifferenceAsync(program, cancellation) is not null)
            {
                var shortest = await Shrinking.ShortestAsync(program, async shorter => await DifferenceAsync(shorter, cancellation) is not null);
                return $"Program {number} (IOTJOBS_PROPERTY_FIRST={number} tries it first), {shortest.Count} of {program.Count} steps:{Environment.NewLine}" +
                    await DifferenceAsync(shortest, cancellation);
            }
        }
        return null;
    }

    private async Task<string?> DifferenceAsync(IReadOnlyList<Step> program, CancellationToken cancellation)
    {
        var runs = new List<ProgramRun>();
        foreach (var pace in Enum.GetValues<Pace>())
        {
            var run = new ProgramRun(program, Model(TestEngine.T0), NewStore(), pace);
            if (await run.FindDifferenceAsync(cancellation) is { } difference)
            {
                return $"Pace {pace}:{Environment.NewLine}{difference}";
            }
            runs.Add(run);
            foreach (var (what, times) in run.Reached)
            {
                Reached[what] = Reached.GetValueOrDefault(what) + times;
            }
        }
        var (leaps, small) = (runs[0].Histories!, runs[1].Histories!);
        return leaps.SequenceEqual(small)
            ? null
            : $"{runs[0].Log}{Environment.NewLine}=> histories differ{Lines(Pace.Leaps, leaps.Except(small))}{Lines(Pace.SmallSteps, small.Except(leaps))}";
    }

    private static string Lines(Pace pace, IEnumerable<KeyValuePair<string, string>> histories) =>
        string.Concat(histories.Select(history => $"{Environment.NewLine}   {pace,-10}: {history.Key}: {history.Value}"));

    /// <summary>A new store, opened again by each call of what is returned.</summary>
    private static Func<IJobsStore> InMemory()
    {
        var store = new InMemoryJobsStore();
        return () => store;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
