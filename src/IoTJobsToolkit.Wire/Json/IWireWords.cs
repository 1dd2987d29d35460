using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>A member with a closed set of words.</summary>
internal interface IWireWords
{
    /// <summary>The refusal of a word which is none of the set; null when it is one.</summary>
    JobsException? Refusal(string field, string word);
}
