namespace Toolkit.Benchmarks.Peers;

/// <summary>One side of a comparison: a network with its optimizer, trained on the same samples pass by pass.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>Trains some passes over the data and returns the last one's mean loss.</summary>
    double Train(int epochs);
}
