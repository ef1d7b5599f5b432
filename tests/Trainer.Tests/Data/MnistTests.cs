using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class MnistTests
{
    [DataFact("mnist")]
    public void The_published_files_load_with_their_checksums()
    {
        DatasetSplits mnist = Mnist.Load(Environment.GetEnvironmentVariable("TOOLKIT_DATA"), offline: true);
        Assert.Equal([60000, 1, 28, 28], mnist.Train.X.Shape);
        Assert.Equal([10000, 1, 28, 28], mnist.Test.X.Shape);
        Assert.Equal([5, 0, 4, 1, 9], mnist.Train.Take(5).Y.ToArray());
        Assert.Equal([7, 2, 1, 0, 4], mnist.Test.Take(5).Y.ToArray());

        // The mean that the field normalises MNIST with.
        Assert.Equal(0.1307, mnist.Train.X.ToArray().Average(value => (double)value), 4);
        Assert.Equal(1f, mnist.Train.X.Memory.ToArray().Max());
    }

    [DataFact("fashion-mnist", SystemFolder = "/usr/share/datasets/fashion-mnist")]
    public void The_published_files_of_Fashion_MNIST_load_with_their_checksums()
    {
        DatasetSplits fashion = FashionMnist.Load(offline: true);
        Assert.Equal([9, 0, 0, 3, 0], fashion.Train.Take(5).Y.ToArray());
        Assert.Equal(10000, fashion.Test.Count);
        Assert.Equal("Ankle boot", fashion.Classes[9]);
    }
}
