class Aggctl < Formula
  desc "Doctor for the Kubernetes API aggregation layer"
  version "{{version}}"
  license "Apache-2.0"

  on_linux do
    on_arm do
      url "{{url}}/aggctl-linux-arm64.tar.gz"
      sha256 "{{sha256 aggctl-linux-arm64.tar.gz}}"
    end
    on_intel do
      url "{{url}}/aggctl-linux-x64.tar.gz"
      sha256 "{{sha256 aggctl-linux-x64.tar.gz}}"
    end
  end

  on_macos do
    on_arm do
      url "{{url}}/aggctl-darwin-arm64.tar.gz"
      sha256 "{{sha256 aggctl-darwin-arm64.tar.gz}}"
    end
    on_intel do
      url "{{url}}/aggctl-darwin-x64.tar.gz"
      sha256 "{{sha256 aggctl-darwin-x64.tar.gz}}"
    end
  end

  def install
    bin.install "aggctl"
    # macOS runs no arm64 program without a signature, if only one of this machine.
    system "codesign", "--force", "--sign", "-", bin/"aggctl" if OS.mac?
    bin.install_symlink "aggctl" => "kubectl-aggctl"
    bin.install_symlink "aggctl" => "kubectl_complete-aggctl"
    man1.install Dir["man/*.1"]
    generate_completions_from_executable(bin/"aggctl", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/aggctl --version")
  end
end
