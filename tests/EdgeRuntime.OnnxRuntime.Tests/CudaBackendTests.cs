using Toolkit.EdgeRuntime.Tests;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

public sealed class CudaBackendTests
{
    [Fact]
    public void A_build_without_CUDA_names_package_property_and_library()
    {
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", CudaBackend.MissingPackage, StringComparison.Ordinal);
        Assert.Contains("-p:OrtGpu=true", CudaBackend.MissingPackage, StringComparison.Ordinal);
        Assert.Contains("libonnxruntime_providers_cuda.so", CudaBackend.MissingPackage, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', CudaBackend.MissingPackage);
    }

    [Fact]
    public void A_machine_without_the_CUDA_libraries_names_them_and_repeats_the_loader()
    {
        string message = CudaBackend.MissingLibrary("[ErrorCode:Fail] dlopen failed:\n libcublasLt.so.12: cannot open shared object file");
        Assert.Contains("libcudart", message, StringComparison.Ordinal);
        Assert.Contains("cuDNN", message, StringComparison.Ordinal);
        Assert.Contains("libcublasLt.so.12", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Where_it_cannot_run_it_throws_its_reason_and_where_it_can_it_says_cuda()
    {
        var backend = new CudaBackend();
        byte[] model = Networks.MnistMlp().ToBytes();
        if (backend.UnavailableReason is { } reason)
        {
            Assert.Equal(reason, Assert.Throws<PlatformNotSupportedException>(() => backend.Load(model)).Message);
        }
        else
        {
            using IInferenceSession session = backend.Load(model);
            Assert.Equal("cuda", session.Backend);
        }
    }
}
