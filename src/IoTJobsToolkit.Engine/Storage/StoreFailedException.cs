namespace IoTJobsToolkit.Engine.Storage;

/// <summary>The store can no longer be trusted to work: the engine stops instead of going on with it.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : Exception(message, inner);
