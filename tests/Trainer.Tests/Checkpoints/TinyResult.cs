namespace Toolkit.Trainer.Tests.Checkpoints;

/// <summary>What a training ended with.</summary>
internal sealed record TinyResult(float[] Weights, History History, string Csv, double LearningRate, Model Model)
{
    /// <summary>Asserts that another training ended with the same to the bit; wall time aside.</summary>
    public void MustEqual(TinyResult other)
    {
        Assert.Equal(Weights.Select(BitConverter.SingleToInt32Bits), other.Weights.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(Csv, other.Csv);
        Assert.Equal(LearningRate, other.LearningRate);
        Assert.Equal(History.Epochs.Select(log => log.Epoch), other.History.Epochs.Select(log => log.Epoch));
        Assert.Equal(Figures(History), Figures(other.History));
    }

    private static IEnumerable<(string Name, long Bits)> Figures(History history) =>
        history.Epochs.SelectMany(log => log.Values).Select(pair => (pair.Key, BitConverter.DoubleToInt64Bits(pair.Value)));
}
