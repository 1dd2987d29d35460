using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Those who wait until background work is done; they are told of its progress on the way.</summary>
internal sealed class Settling(Action<Exception> report)
{
    private readonly ConcurrentQueue<SettleRequest> _requests = new();
    private readonly List<SettleRequest> _waiting = [];

    public void Add(SettleRequest request) => _requests.Enqueue(request);

    public void Answer(Func<SettleRequest, bool> isSettled)
    {
        Take();
        _waiting.RemoveAll(request => request.IsCanceled || isSettled(request) && request.Complete());
    }

    /// <summary>Tells who waits for this job, on a thread of the pool: their code may be slow, or wrong.</summary>
    public void Progressed(JobEntry entry)
    {
        foreach (var request in _waiting.Where(request => request.JobId == entry.Job.JobId && request.Progress is not null))
        {
            ThreadPool.UnsafeQueueUserWorkItem(Tell, (request.Progress!, entry.Progress), preferLocal: false);
        }
    }

    public void FailRequests(Exception exception)
    {
        while (_requests.TryDequeue(out var request))
        {
            request.Fail(exception);
        }
    }

    public void FailAll(Exception exception)
    {
        FailRequests(exception);
        _waiting.ForEach(request => request.Fail(exception));
        _waiting.Clear();
    }

    private void Take()
    {
        while (_requests.TryDequeue(out var request))
        {
            _waiting.Add(request);
        }
    }

    private void Tell((IProgress<JobProgress> To, JobProgress Progress) what)
    {
        try
        {
            what.To.Report(what.Progress);
        }
        catch (Exception exception)
        {
            report(exception);
        }
    }
}
