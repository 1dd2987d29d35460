using System.Diagnostics;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>The same documents in LiteDB over the same streams, without indexes and without anything of ours around: what can be had.</summary>
internal sealed class RawDatabase : IDisposable
{
    private const int Batch = 5_000;

    private readonly DurableDatabase _durable;
    private readonly ILiteCollection<BsonDocument> _executions;

    public RawDatabase(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _durable = DurableDatabase.Open(path, TimeProvider.System);
        _executions = _durable.Database.GetCollection("executions");
    }

    /// <summary>Seconds for all of them, in transactions of 5,000.</summary>
    public double Insert(IEnumerable<JobExecution> executions)
    {
        var watch = Stopwatch.StartNew();
        foreach (var batch in executions.Select(ExecutionMapping.ToDocument).Chunk(Batch))
        {
            _durable.Database.BeginTrans();
            _executions.Insert(batch);
            _durable.Database.Commit();
            _durable.WaitUntilDurable();
            CheckpointIfLarge();
        }
        return watch.Elapsed.TotalSeconds;
    }

    public void Checkpoint() => _durable.Checkpoint();

    /// <summary>Durable updates a second, in groups, of documents taken at random.</summary>
    public double UpdatesPerSecond(JobExecution[] executions, int group, double seconds)
    {
        var random = new Random(1);
        var watch = Stopwatch.StartNew();
        var count = 0L;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            var updates = Enumerable.Range(0, group).Select(_ => random.Next(executions.Length)).Distinct().Order().Select(i =>
            {
                var moved = executions[i] with { VersionNumber = executions[i].VersionNumber + 1, Status = JobExecutionStatus.IN_PROGRESS };
                executions[i] = moved;
                return ExecutionMapping.ToDocument(moved);
            }).ToList();
            _durable.Database.BeginTrans();
            _executions.Update(updates);
            _durable.Database.Commit();
            _durable.WaitUntilDurable();
            count += updates.Count;
            CheckpointIfLarge();
        }
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>As the store does.</summary>
    private void CheckpointIfLarge()
    {
        if (_durable.LogBytes > LiteDbJobsStore.LargestLog)
        {
            _durable.Checkpoint();
        }
    }

    public void Dispose() => _durable.Dispose();
}
