using System.Collections.Concurrent;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>The job documents used last, up to a number of characters. Any thread reads; only the store's thread writes.</summary>
internal sealed class DocumentCache(long capacity = 16 * 1024 * 1024)
{
    private volatile ConcurrentDictionary<long, string> _young = [];
    private volatile ConcurrentDictionary<long, string> _old = [];
    private long _youngSize;

    public string? Find(long jobSequence) =>
        _young.TryGetValue(jobSequence, out var young) ? young : _old.GetValueOrDefault(jobSequence);

    public void Set(long jobSequence, string document)
    {
        if (_youngSize + document.Length > capacity / 2)
        {
            _old = _young;
            _young = [];
            _youngSize = 0;
        }
        _young[jobSequence] = document;
        _youngSize += document.Length;
    }

    public void Remove(long jobSequence)
    {
        _young.TryRemove(jobSequence, out _);
        _old.TryRemove(jobSequence, out _);
    }
}
