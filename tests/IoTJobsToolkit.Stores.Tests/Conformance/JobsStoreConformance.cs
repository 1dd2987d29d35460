using System.Text.Encodings.Web;
using System.Text.Json;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>What every store has to keep. Each class below it runs all of this over one store.</summary>
public abstract partial class JobsStoreConformance : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected abstract IJobsStore Store { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A store may come back from a close and reopen after it.</summary>
    protected virtual void Commit(JobsChanges changes) => Store.Commit(changes);

    protected abstract void Dispose(bool disposing);

    /// <summary>Records are compared by all they hold, their lists and dictionaries included.</summary>
    internal static void Same<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, Readable), JsonSerializer.Serialize(actual, Readable));

    internal static void Same<T>(IReadOnlyList<T> expected, IEnumerable<T> actual) => Same<object>(expected, actual.ToList());

    /// <summary>Reads in pages of each size what one read returns.</summary>
    private static void PagesTogetherAre<T, TAfter>(
        IReadOnlyList<T> expected, Func<TAfter?, int, IReadOnlyList<T>> read, Func<T, TAfter> key, TAfter? first = default)
    {
        for (var size = 1; size <= expected.Count + 1; size++)
        {
            var all = new List<T>();
            var after = first;
            while (true)
            {
                var page = read(after, size);
                Assert.True(page.Count <= size);
                all.AddRange(page);
                if (page.Count < size)
                {
                    break;
                }
                after = key(page[^1]);
            }
            Same(expected, all);
        }
    }
}
