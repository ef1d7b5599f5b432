namespace Toolkit.Benchmarks.Peers;

/// <summary>One side of a comparison: a network with its optimizer, trained epoch by epoch on the same samples.</summary>
internal interface IPeer : IDisposable
{
    string Name { get; }

    /// <summary>Trains one epoch and returns the mean loss of its steps.</summary>
    double TrainEpoch();
}
